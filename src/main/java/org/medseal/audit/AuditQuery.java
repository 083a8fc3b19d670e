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
    boolean has(long atMs) {
      return since.map(each -> atMs >= each.toEpochMilli()).orElse(true)
          && until.map(each -> atMs < each.toEpochMilli()).orElse(true);
    }
  }

  /** All of these instants. */
  public static AuditQuery in(Period period) {
    return new AuditQuery(
        Optional.empty(), Optional.empty(), period, Optional.empty(), Optional.empty());
  }
}
