package org.medseal.ledger.model;

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
}
