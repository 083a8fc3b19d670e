package org.medseal.ledger.model;

import java.util.Optional;

/**
 * How stake and membership may change.
 *
 * @param epochBlocks stake epoch: validator sets change only where the height is a multiple of it
 * @param unbondingMs block time between unbonding and release; the stake can be slashed meanwhile
 * @param slashPercent of an equivocating validator's stake that is destroyed
 * @param downtimeWindowBlocks newest blocks over which absence is counted
 * @param downtimeMissedBlocks missing precommits within that window that jail a validator
 * @param jailMs block time before a jailed validator may return
 * @param votingMs block time for which a proposal to the consortium stays open
 */
public record StakeParameters(
    int epochBlocks,
    long unbondingMs,
    int slashPercent,
    int downtimeWindowBlocks,
    int downtimeMissedBlocks,
    long jailMs,
    long votingMs) {
  private static final long DAY_MS = 86_400_000L;

  /** Unbonding 21 days: longer than any trust period of 14 days (ledger.md section 4). */
  public static final StakeParameters DEFAULT =
      new StakeParameters(100, 21 * DAY_MS, 5, 1_000, 900, 3_600_000L, 14 * DAY_MS);

  private static final long LONGEST_MS = 3650 * DAY_MS;
  private static final int LONGEST_WINDOW = 10_000;

  /** What is wrong, and with which of the parameters. */
  public record Fault(String key, String otherwise) {}

  /**
   * The first that is not sound. Absence jails only above two thirds of the window: less than a
   * third of stake proposes less than a third of the blocks, and a block is all in which a proposer
   * can hide another's precommit.
   */
  public Optional<Fault> fault() {
    if (epochBlocks < 1) {
      return unsound("epochBlocks", "must be positive");
    }
    if (slashPercent < 0 || slashPercent > 100) {
      return unsound("slashPercent", "must be 0 to 100");
    }
    if (downtimeWindowBlocks < 1 || downtimeWindowBlocks > LONGEST_WINDOW) {
      return unsound("downtimeWindowBlocks", "must be 1 to " + LONGEST_WINDOW);
    }
    if (downtimeMissedBlocks > downtimeWindowBlocks
        || 3L * downtimeMissedBlocks <= 2L * downtimeWindowBlocks) {
      return unsound("downtimeMissedBlocks", "must be above two thirds of the window, within it");
    }
    if (!isDuration(unbondingMs)) {
      return unsound("unbondingMs", "must be 1 ms to ten years");
    }
    if (!isDuration(jailMs)) {
      return unsound("jailMs", "must be 1 ms to ten years");
    }
    return isDuration(votingMs)
        ? Optional.empty()
        : unsound("votingMs", "must be 1 ms to ten years");
  }

  private static boolean isDuration(long millis) {
    return millis >= 1 && millis <= LONGEST_MS;
  }

  private static Optional<Fault> unsound(String key, String otherwise) {
    return Optional.of(new Fault(key, otherwise));
  }
}
