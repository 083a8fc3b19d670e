package org.medseal.pages.admin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** The audit trail to read, to search and to take away. */
final class AuditPages {
  private static final String TEMPLATE = "admin/audit";

  List<Page> pages() {
    Audience auditor = Audience.anyOf(Role.AUDITOR);
    return List.of(
        Page.get("/audit", auditor, AuditPages::read),
        Page.get("/audit/export", auditor, AuditPages::export));
  }

  private static PageAnswer read(PageContext page) {
    Trail.Filter filter =
        new Trail.Filter(
            page.query("action"),
            page.query("agent"),
            page.query("since"),
            page.query("until"),
            page.query("outcome"),
            page.query("entity"));
    CallReply reply =
        page.calls()
            .get(
                days(CallTarget.of("/audit"), page)
                    .with("_count", "50")
                    .with("before", page.query("before"))
                    .with("action", filter.action())
                    .with("agent", filter.agent())
                    .with("outcome", filter.outcome())
                    .with("entity", filter.entity()));
    Trail.Anchoring anchoring = Trail.Anchoring.of(page.calls().get("/audit/anchors").json());
    return reply.ok()
        ? page.render(TEMPLATE, Trail.of(reply.json(), filter, anchoring))
        : page.refused(reply, TEMPLATE, Trail.of(Body.NONE, filter, anchoring));
  }

  private static PageAnswer export(PageContext page) {
    CallReply reply = page.calls().get(days(CallTarget.of("/audit/export"), page));
    if (!reply.ok()) {
      return page.problem(reply);
    }
    InputStream body = reply.stream().orElseGet(() -> new ByteArrayInputStream(reply.body()));
    return PageAnswer.download(reply.mediaType(), "audit-events.json", body);
  }

  /** Whole days of the node's zone, the last one included. */
  private static CallTarget days(CallTarget target, PageContext page) {
    ZoneId zone = page.view().zone();
    return target
        .with("since", instant(page.query("since"), 0, zone))
        .with("until", instant(page.query("until"), 1, zone));
  }

  /** What is no day is passed on as typed, for the call to refuse. */
  private static String instant(String day, int plusDays, ZoneId zone) {
    try {
      return day.isEmpty()
          ? ""
          : LocalDate.parse(day).plusDays(plusDays).atStartOfDay(zone).toInstant().toString();
    } catch (DateTimeException e) {
      return day;
    }
  }
}
