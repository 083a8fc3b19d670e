package org.medseal.ledger.proof;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/** A copy of the ledger from which proofs are made. */
public interface ProofSource {
  /** Of the newest block. */
  long height();

  Optional<LightBlock> block(long height);

  /** Of heights 1 to the one after the newest block. */
  Optional<ValidatorSet> validators(long height);

  /** Where a transaction stands. */
  Optional<Place> place(Hash transaction);

  /** Ids of that block's transactions in order. */
  List<Hash> transactionIds(long height);

  /** The history in the state after that block. */
  Optional<StateHistory> historyAfter(long height);

  /** Height and index within the block. */
  record Place(long height, int index) {}
}
