package org.medseal.ledger.stake;

import java.util.Map;
import java.util.SortedMap;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;

/**
 * The rules for stake in force.
 *
 * @param capPercent most of all bonded stake one institution may bond; 0 for the standard one
 */
public record StakePolicy(int capPercent, StakeParameters stake) {
  /** Below this many with bonded stake no cap can be asked for. */
  private static final int CAP_FROM = 4;

  private static final int STANDARD_CAP = 33;

  private static final long PERCENT = 100;

  public static StakePolicy of(Parameters parameters) {
    return new StakePolicy(parameters.stakeCapPercent(), parameters.stake());
  }

  /** The genesis' parameters with these rules in their place. */
  public Parameters in(Parameters genesis) {
    return genesis.with(capPercent, stake);
  }

  /**
   * Whether an institution's part of all bonded stake is within the cap. Where so few are left that
   * somebody must be above it, everybody may hold an equal part.
   */
  boolean isWithinCap(String institution, SortedMap<String, Long> bonded) {
    long holders = bonded.values().stream().filter(each -> each > 0).count();
    long total = bonded.values().stream().mapToLong(Long::longValue).sum();
    return bonded.getOrDefault(institution, 0L) <= mostUnits(holders, total);
  }

  /**
   * What one of so many holders may have of a total: the cap, rounded up to a whole unit unless
   * that would be a third, or nobody could move where all hold an equal part.
   */
  long mostUnits(long holders, long total) {
    if (holders < CAP_FROM) {
      return Long.MAX_VALUE;
    }
    long cap =
        Math.max(capPercent == 0 ? STANDARD_CAP : capPercent, (PERCENT + holders - 1) / holders);
    long share = Math.multiplyExact(cap, total);
    long down = share / PERCENT;
    long up = (share + PERCENT - 1) / PERCENT;
    return 3 * up < total ? up : down;
  }

  /** Whether somebody who was within the cap is above it after a change. */
  boolean lifts(SortedMap<String, Long> before, SortedMap<String, Long> after) {
    for (Map.Entry<String, Long> each : after.entrySet()) {
      if (isWithinCap(each.getKey(), before) && !isWithinCap(each.getKey(), after)) {
        return true;
      }
    }
    return false;
  }
}
