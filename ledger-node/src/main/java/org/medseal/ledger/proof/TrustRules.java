package org.medseal.ledger.proof;

import java.time.Duration;
import java.time.Instant;
import org.medseal.ledger.model.Genesis;

/**
 * What time has to do with trust. Validators answer for what they signed only until their stake is
 * released, 21 days after they left (ledger.md section 4).
 *
 * @param trustPeriod most block time over which a header is believed for its signers alone
 * @param now of the verifier
 * @param drift how far a header may lie in the future
 * @param fresh whether the anchor itself must be younger than the trust period
 */
public record TrustRules(Duration trustPeriod, Instant now, Duration drift, boolean fresh) {
  public static final Duration TRUST_PERIOD = Duration.ofDays(14);
  private static final Duration DRIFT = Duration.ofMinutes(1);

  public TrustRules {
    if (trustPeriod.isNegative() || trustPeriod.isZero() || drift.isNegative()) {
      throw new IllegalArgumentException("trust periods are positive, drift is not negative");
    }
  }

  /** 14 days; an old anchor is told of, not refused. */
  public static TrustRules at(Instant now) {
    return new TrustRules(TRUST_PERIOD, now, DRIFT, false);
  }

  /** The same with another trust period. */
  public TrustRules trusting(Duration period) {
    return new TrustRules(period, now, drift, fresh);
  }

  /**
   * At most 14 days, and well before stake that was unbonded is released. It holds at all heights:
   * governance cannot set less than the genesis does, or than 21 days.
   */
  public static Duration trustPeriod(Genesis genesis) {
    long unbondingMs = genesis.parameters().stake().unbondingMs();
    return Duration.ofMillis(Math.max(1, Math.min(TRUST_PERIOD.toMillis(), unbondingMs / 3 * 2)));
  }

  /** The same, but an anchor older than the trust period is refused. */
  public TrustRules freshOnly() {
    return new TrustRules(trustPeriod, now, drift, true);
  }

  boolean isWithin(long earlierMs, long laterMs) {
    return laterMs - earlierMs <= trustPeriod.toMillis();
  }

  boolean isFuture(long timeMs) {
    return timeMs > now.plus(drift).toEpochMilli();
  }

  boolean isOld(long anchorMs) {
    return !isWithin(anchorMs, now.toEpochMilli());
  }
}
