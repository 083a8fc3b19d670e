package org.medseal.ledger.api;

import java.util.List;
import java.util.OptionalLong;
import org.medseal.ledger.model.Bytes;

/**
 * An institution's stake as the ledger keeps it, in whole units: {@code granted = free + bonded +
 * leaving + unbonding + slashed + retired}.
 *
 * @param granted all that was ever given to it
 * @param free granted and not at stake
 * @param bonded at stake, and to stay so
 * @param leaving at stake until an edge of a stake epoch lets it go
 * @param votes weight in the set of the next height; 0 for who does not validate
 * @param slashed destroyed for equivocation
 * @param retired taken back when the institution was put out
 * @param jailedUntilMs block time from which it may leave the jail; empty for who is not in jail
 * @param missedBlocks precommits missing within the newest blocks
 * @param validatorKey the newest in force
 */
public record StakeAccount(
    String institution,
    State state,
    long granted,
    long free,
    long bonded,
    long leaving,
    List<Unbonding> unbonding,
    long votes,
    long slashed,
    long retired,
    OptionalLong jailedUntilMs,
    int missedBlocks,
    Bytes validatorKey) {
  /** Where its stake stands; of several the one that explains why it votes or does not. */
  public enum State {
    /** Units are granted, none is at stake. */
    GRANTED,
    /** At stake, not yet in the set. */
    BONDED,
    /** In the set of the next height. */
    ACTIVE,
    /** Out of the set for absence. */
    JAILED,
    /** None at stake any more, some still slashable. */
    UNBONDING,
    /** Nothing granted, nothing at stake. */
    NONE,
    /** Its validator key is banned for ever. */
    TOMBSTONED,
    /** Put out of the consortium. */
    REMOVED
  }

  /** Units on their way out. */
  public record Unbonding(long units, long releaseMs) {}

  public StakeAccount {
    unbonding = List.copyOf(unbonding);
  }
}
