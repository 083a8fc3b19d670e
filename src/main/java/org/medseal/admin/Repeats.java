package org.medseal.admin;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What is done over and over, for the audit trail: the first few of a kind at once, then one entry
 * a window that says how many there were, so that a flood of them does not fill the disk. With too
 * many kinds at a time all are told. Thread-safe.
 */
final class Repeats {
  private static final int MOST_KINDS = 10_000;

  private final long windowNs;
  private final Map<String, Seen> seen = new HashMap<>();

  private static final class Seen {
    private long sinceNs;
    private int told;
    private int untold;
  }

  Repeats(Duration window) {
    windowNs = window.toNanos();
  }

  /**
   * How many of this kind an entry written now stands for; 0 for none now.
   *
   * @param atOnce so many of a window have an entry of their own
   */
  synchronized int times(String kind, int atOnce, long nowNs) {
    Seen before = seen.get(kind);
    if (before == null) {
      return first(kind, nowNs);
    }
    if (nowNs - before.sinceNs >= windowNs) {
      int times = before.untold + 1;
      before.sinceNs = nowNs;
      before.told = 1;
      before.untold = 0;
      return times;
    }
    if (before.told < atOnce) {
      before.told++;
      return 1;
    }
    before.untold++;
    return 0;
  }

  private int first(String kind, long nowNs) {
    if (seen.size() >= MOST_KINDS) {
      seen.values().removeIf(each -> nowNs - each.sinceNs >= windowNs);
    }
    if (seen.size() < MOST_KINDS) {
      Seen now = new Seen();
      now.sinceNs = nowNs;
      now.told = 1;
      seen.put(kind, now);
    }
    return 1;
  }
}
