package org.medseal.ledger.api;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.MembershipChange;

/**
 * A change put to the consortium.
 *
 * @param id of the transaction that proposed it
 * @param deadlineMs last block time at which a vote counts
 * @param votes by institution; the proposer's own is among them
 * @param outcome why, in a sentence; empty while open
 */
public record GovernanceCase(
    Hash id,
    String proposer,
    long createdAtMs,
    long deadlineMs,
    MembershipChange change,
    SortedMap<String, Boolean> votes,
    State state,
    String outcome) {
  /** What became of it. */
  public enum State {
    OPEN(0),
    /** More than two thirds of stake approved, and it was carried out. */
    ACCEPTED(1),
    /** The deadline passed before that. */
    LAPSED(2),
    /** Approved, but it no longer fitted the state. */
    FAILED(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** What the canonical form writes. */
    public int code() {
      return code;
    }
  }

  public GovernanceCase {
    votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
  }
}
