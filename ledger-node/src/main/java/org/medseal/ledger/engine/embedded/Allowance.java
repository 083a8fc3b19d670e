package org.medseal.ledger.engine.embedded;

/** How much a peer may ask for: refills with time up to a burst. */
final class Allowance {
  private final long burst;
  private final long perSecond;
  private long thousandths;
  private long lastMs;

  Allowance(long burst, long perSecond, long nowMs) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.thousandths = burst * 1_000;
    this.lastMs = nowMs;
  }

  boolean take(long nowMs) {
    long passedMs = Math.min(Math.max(0, nowMs - lastMs), 3_600_000);
    lastMs = nowMs;
    thousandths = Math.min(burst * 1_000, thousandths + passedMs * perSecond);
    if (thousandths < 1_000) {
      return false;
    }
    thousandths -= 1_000;
    return true;
  }
}
