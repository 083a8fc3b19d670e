package org.medseal.ledger.engine.embedded;

/** How much a peer may ask for: refills with time up to a burst. */
public final class Allowance {
  private final long burst;
  private final long perSecond;
  private long thousandths;
  private long lastMs;

  public Allowance(long burst, long perSecond, long nowMs) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.thousandths = burst * 1_000;
    this.lastMs = nowMs;
  }

  public boolean take(long nowMs) {
    return take(nowMs, 1);
  }

  /** All of it or nothing. An amount above the burst takes a full allowance. */
  public boolean take(long nowMs, long amount) {
    long passedMs = Math.min(Math.max(0, nowMs - lastMs), 3_600_000);
    lastMs = nowMs;
    thousandths = Math.min(burst * 1_000, thousandths + passedMs * perSecond);
    long price = 1_000 * Math.min(burst, amount);
    if (thousandths < price) {
      return false;
    }
    thousandths -= price;
    return true;
  }
}
