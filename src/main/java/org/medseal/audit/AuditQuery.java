package org.medseal.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the trail.
 *
 * @param agent login, as the entry has it
 * @param period when they were written
 * @param outcome {@code ok}, {@code intended}, {@code refused} for every other, or the problem that
 *     refused
 * @param entity value of any fact: an id, a path, a code
 */
public record AuditQuery(
    Optional<AuditAction> action,
    Optional<String> agent,
    Period period,
    Optional<String> outcome,
    Optional<String> entity) {
  /** Every outcome but {@link AuditEntry#OK} and {@link AuditEntry#INTENDED}. */
  public static final String REFUSED = "refused";

  public static final AuditQuery ALL =
      new AuditQuery(
          Optional.empty(),
          Optional.empty(),
          new Period(Optional.empty(), Optional.empty()),
          Optional.empty(),
          Optional.empty());

  /** From an instant on, before another. */
  public record Period(Optional<Instant> since, Optional<Instant> until) {
    /** The first millisecond within. */
    long firstMs() {
      return since.map(Period::clamped).orElse(Long.MIN_VALUE);
    }

    /** The first millisecond after. */
    long endMs() {
      return until.map(Period::clamped).orElse(Long.MAX_VALUE);
    }

    /** Instants reach further than milliseconds count; no entry is there. */
    private static long clamped(Instant at) {
      try {
        return at.toEpochMilli();
      } catch (ArithmeticException e) {
        return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
    }
  }

  /** All of these instants. */
  public static AuditQuery in(Period period) {
    return new AuditQuery(
        Optional.empty(), Optional.empty(), period, Optional.empty(), Optional.empty());
  }
}
