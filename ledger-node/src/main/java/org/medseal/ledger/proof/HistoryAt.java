package org.medseal.ledger.proof;

import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.model.Hash;

/**
 * The history of all transactions below a height: a header's state root is that after its parent.
 *
 * @param height of the header that commits to it
 */
public record HistoryAt(long height, StateHistory history) {
  public long size() {
    return history.frontier().size();
  }

  public Hash root() {
    return history.frontier().root();
  }
}
