package org.medseal.ledger.app;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.model.Hash;

/** What proofs about the past are made of; kept beside the state, block by block. Any thread. */
public interface HistoryStore {
  /** Height of the newest block in it. */
  long height();

  /** The history in the state after that block; empty if the block is not in the index. */
  Optional<StateHistory> historyAfter(long height);

  /** Ids of that block's transactions in order; empty for a block that is not in the index. */
  List<Hash> transactionIds(long height);
}
