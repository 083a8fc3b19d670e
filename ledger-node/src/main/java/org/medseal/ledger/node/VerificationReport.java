package org.medseal.ledger.node;

import java.util.Optional;
import org.medseal.ledger.model.Hash;

/**
 * What a replay from genesis found.
 *
 * @param height up to which everything holds
 * @param blockId of that block; the genesis' hash at height 0
 * @param stateRoot after that block
 * @param difference the first thing that does not hold, with its height; empty if all does
 */
public record VerificationReport(
    long height, Hash blockId, Hash stateRoot, long transactions, Optional<String> difference) {
  public boolean holds() {
    return difference.isEmpty();
  }
}
