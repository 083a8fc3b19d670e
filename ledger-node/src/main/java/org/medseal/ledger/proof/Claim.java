package org.medseal.ledger.proof;

import java.util.Set;
import org.medseal.ledger.merkle.ConsistencyProof;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.model.Hash;

/** What a proof says of the headers it makes trusted. */
public sealed interface Claim {
  /** Heights whose headers it rests on. */
  Set<Long> heights();

  /**
   * The transaction is in the block of that height, at whatever place the path names: no header
   * commits to how many transactions its block has, so that the place is not proven.
   */
  record InBlock(Hash transaction, long height, InclusionProof path) implements Claim {
    @Override
    public Set<Long> heights() {
      return Set.of(height);
    }
  }

  /** The transaction is among all those before that height, at the path's index since genesis. */
  record InHistory(Hash transaction, HistoryAt at, InclusionProof path) implements Claim {
    @Override
    public Set<Long> heights() {
      return Set.of(at.height());
    }
  }

  /** The later history only added to the earlier one: nothing was removed, changed or reordered. */
  record Grown(HistoryAt from, HistoryAt to, ConsistencyProof path) implements Claim {
    @Override
    public Set<Long> heights() {
      return from.height() == to.height()
          ? Set.of(from.height())
          : Set.of(from.height(), to.height());
    }
  }
}
