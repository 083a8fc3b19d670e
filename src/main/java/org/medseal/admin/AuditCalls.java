package org.medseal.admin;

import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEvents;
import org.medseal.users.Role;

/** The audit trail for auditors. */
final class AuditCalls {
  static final String MEDIA_TYPE = "application/fhir+json";
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;

  private final AuditEvents events;

  AuditCalls(AuditEvents events) {
    this.events = events;
  }

  List<Call> calls() {
    return List.of(
        new Call("GET", "/audit", Access.anyOf(Role.AUDITOR), AuditAction.AUDIT_READ, this::read));
  }

  private Answer read(Exchange exchange) {
    long count = exchange.queryNumber("_count", PAGE);
    if (count < 1 || count > LONGEST_PAGE) {
      throw Exchange.refused("'_count' is 1 to " + LONGEST_PAGE + ".");
    }
    return Answer.content(
        MEDIA_TYPE, events.bundle(exchange.queryNumber("before", 0), (int) count));
  }
}
