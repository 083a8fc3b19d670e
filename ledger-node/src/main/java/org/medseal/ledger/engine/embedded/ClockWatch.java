package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Tells a wrong clock here from a wrong clock there: by how far the times of others' new blocks lay
 * from the own clock when they came. Only for telling people; no rule rests on it.
 */
final class ClockWatch {
  private final long windowMs;
  private final Map<String, Long> aheadMs = new TreeMap<>();

  ClockWatch(long windowMs) {
    this.windowMs = windowMs;
  }

  /**
   * @param blockAheadMs block time minus the own clock on arrival
   */
  void saw(String institution, long blockAheadMs) {
    aheadMs.put(institution, blockAheadMs);
  }

  boolean isTimely(long blockAheadMs) {
    return Math.abs(blockAheadMs) <= windowMs;
  }

  /**
   * How far this node's clock is ahead of the others' (negative: behind), if so many of them
   * disagree with it in one direction that at least one honest node must.
   */
  OptionalLong ownClockAheadMs(ValidatorSet validators) {
    long before = 0;
    long behind = 0;
    long farthestBefore = 0;
    long farthestBehind = 0;
    for (Validator each : validators.validators()) {
      long ahead = aheadMs.getOrDefault(each.institution(), 0L);
      if (ahead > windowMs) {
        before += each.stake();
        farthestBefore = Math.max(farthestBefore, ahead);
      } else if (ahead < -windowMs) {
        behind += each.stake();
        farthestBehind = Math.min(farthestBehind, ahead);
      }
    }
    if (validators.isSomeHonest(before) && before >= behind) {
      return OptionalLong.of(-farthestBefore);
    }
    return validators.isSomeHonest(behind)
        ? OptionalLong.of(-farthestBehind)
        : OptionalLong.empty();
  }

  /** Whose newest block's time lay outside the window. */
  List<String> disagreeing(ValidatorSet validators) {
    return validators.validators().stream()
        .map(Validator::institution)
        .filter(each -> !isTimely(aheadMs.getOrDefault(each, 0L)))
        .toList();
  }
}
