package org.medseal.app;

import java.util.Map;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;

/** A change of routes in the audit trail: by which user of the system, to which generation. */
public final class RouteAudit {
  private static final String NOT_STARTED = "not-started";

  private RouteAudit() {}

  public static void note(AuditTrail audit, String who, int generation, boolean done) {
    audit.record(
        new AuditEntry(
            AuditAction.ROUTES,
            "os:" + who,
            done ? AuditEntry.OK : NOT_STARTED,
            Map.of("generation", String.valueOf(generation))));
  }
}
