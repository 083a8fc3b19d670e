package org.medseal.ledger.engine.embedded;

/**
 * A timer with the height and round it was meant for, so that a stale one is recognised and
 * dropped.
 *
 * @param round 0 where a kind has none
 */
public record TimerId(Kind kind, long height, int round) {
  /** At most one timer of a kind runs. */
  public enum Kind {
    PROPOSE,
    PREVOTE,
    PRECOMMIT,
    /** Collects transactions before a height starts or an empty block is proposed. */
    BATCH,
    /** Sends collected new transactions to peers. */
    GOSSIP,
    /** Tells peers where this node stands. */
    STATUS,
    /** Gives up on an unanswered request for blocks. */
    SYNC,
    /** Offers transactions that are still waiting once more. */
    REOFFER,
    /** Hands records on along the stem. */
    STEM
  }
}
