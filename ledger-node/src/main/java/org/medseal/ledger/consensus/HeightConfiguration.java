package org.medseal.ledger.consensus;

import java.util.OptionalInt;
import org.medseal.ledger.model.ValidatorSet;

/**
 * What a height starts from.
 *
 * @param rotation with the validators of this height
 * @param self own index; empty for a node that only follows
 */
public record HeightConfiguration(
    long height, ProposerRotation rotation, OptionalInt self, Timeouts timeouts) {
  public ValidatorSet validators() {
    return rotation.validators();
  }
}
