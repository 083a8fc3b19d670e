package org.medseal.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Refusals of callers nobody knows, for the audit trail: the first at once, then one entry a minute
 * that says how many there were, so that a flood of them does not fill the disk. Thread-safe.
 */
final class Strangers {
  private static final long QUIET_NS = TimeUnit.MINUTES.toNanos(1);

  private final Map<String, Seen> seen = new HashMap<>();

  private static final class Seen {
    private long toldAtNs;
    private int untold;
  }

  /** How many refusals of this kind an entry written now stands for; 0 for none now. */
  synchronized int refused(String kind, long nowNs) {
    Seen before = seen.get(kind);
    if (before == null) {
      before = new Seen();
      seen.put(kind, before);
    } else if (nowNs - before.toldAtNs < QUIET_NS) {
      before.untold++;
      return 0;
    }
    int times = before.untold + 1;
    before.untold = 0;
    before.toldAtNs = nowNs;
    return times;
  }
}
