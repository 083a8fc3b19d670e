package org.medseal.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.medseal.anchoring.TrailAnchors;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditQuery;
import org.medseal.users.Role;

/** The audit trail for auditors, and for administrators how it stands against the ledger. */
final class AuditCalls {
  static final String MEDIA_TYPE = "application/fhir+json";
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;

  private final AuditEvents events;
  private final TrailAnchors anchors;

  AuditCalls(AuditEvents events, TrailAnchors anchors) {
    this.events = events;
    this.anchors = anchors;
  }

  List<Call> calls() {
    Access auditor = Access.anyOf(Role.AUDITOR);
    return List.of(
        new Call("GET", "/audit", auditor, AuditAction.AUDIT_READ, this::read),
        new Call("GET", "/audit/export", auditor, AuditAction.AUDIT_EXPORT, this::export),
        new Call(
            "GET",
            "/audit/anchors",
            Access.anyOf(Role.AUDITOR, Role.ADMIN),
            AuditAction.AUDIT_READ,
            this::anchors));
  }

  private Answer read(Exchange exchange) {
    long count = exchange.queryNumber("_count", PAGE);
    if (count < 1 || count > LONGEST_PAGE) {
      throw Exchange.refused("'_count' is 1 to " + LONGEST_PAGE + ".");
    }
    AuditQuery query =
        new AuditQuery(
            exchange.query("action").map(AuditCalls::action),
            exchange.query("agent"),
            period(exchange),
            exchange.query("outcome"),
            exchange.query("entity"));
    return Answer.content(
        MEDIA_TYPE, events.bundle(query, exchange.queryNumber("before", 0), (int) count));
  }

  private Answer export(Exchange exchange) {
    return Answer.streamed(MEDIA_TYPE, events.export(AuditQuery.in(period(exchange))));
  }

  private Answer anchors(Exchange exchange) {
    return Answer.json(AnchorJson.of(anchors.report(), exchange.limit(PAGE)));
  }

  private static AuditQuery.Period period(Exchange exchange) {
    return new AuditQuery.Period(instant(exchange, "since"), instant(exchange, "until"));
  }

  private static AuditAction action(String code) {
    return AuditAction.of(code)
        .orElseThrow(() -> Exchange.refused("'action' is none that entries have."));
  }

  private static Optional<Instant> instant(Exchange exchange, String name) {
    try {
      return exchange.query(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw Exchange.refused("'" + name + "' is a time with its zone, as 2026-01-31T00:00:00Z.");
    }
  }
}
