package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** The tracing desk: asking who signed a record, approving, and the answer with its proof. */
final class TracePages {
  private static final String DESK = "clinical/traces";
  private static final String ONE = "clinical/trace";
  private static final byte[] NOTHING = {};

  List<Page> pages() {
    return List.of(
        Page.get("/traces", ClinicalPages.ADMIN, this::list),
        Page.post("/traces", ClinicalPages.ADMIN, this::ask),
        Page.get("/traces/{id}", ClinicalPages.ADMIN, this::show),
        Page.post("/traces/{id}/approve", ClinicalPages.ADMIN, this::approve),
        Page.get("/traces/{id}/proof", ClinicalPages.ADMIN, this::proof));
  }

  private PageAnswer list(PageContext page) {
    CallReply reply = traces(page);
    String record = page.query("record");
    return reply.ok()
        ? page.render(
            DESK,
            TraceDesk.of(reply.json(), page.query("state"), Ids.isId(record) ? record : "", ""))
        : page.problem(reply);
  }

  private static CallReply traces(PageContext page) {
    return page.calls()
        .get(
            CallTarget.of("/traces")
                .with("state", page.query("state"))
                .with("after", page.query("after"))
                .with("limit", Integer.toString(TraceDesk.PAGE + 1)));
  }

  private PageAnswer ask(PageContext page) {
    String txId = page.field("txId").strip().toLowerCase(Locale.ROOT);
    String justification = page.field("justification").strip();
    ObjectNode body = Body.object().put("txId", txId).put("justification", justification);
    CallReply reply = page.calls().post(CallTarget.of("/traces"), body);
    if (reply.ok()) {
      return page.done("/traces/" + reply.json().path("id").asText(), "trace-asked");
    }
    CallReply traces = traces(page);
    return traces.ok()
        ? page.refused(reply, DESK, TraceDesk.of(traces.json(), "", txId, justification))
        : page.problem(reply);
  }

  private PageAnswer show(PageContext page) {
    CallReply reply = page.calls().get("/traces/{id}", page.path("id"));
    if (!reply.ok()) {
      return page.problem(reply);
    }
    TraceFacts trace = TraceFacts.of(reply.json());
    if (!page.wantsPart()) {
      return page.render(ONE, trace);
    }
    return page.query("seen").equals(trace.version())
        ? PageAnswer.content(204, "", NOTHING)
        : page.render("clinical/tracebody", trace);
  }

  private PageAnswer approve(PageContext page) {
    String id = page.path("id");
    CallReply reply = page.calls().post("/traces/{id}/approve", id);
    if (reply.ok()) {
      return page.done("/traces/" + id, "trace-approved");
    }
    CallReply trace = page.calls().get("/traces/{id}", id);
    return trace.ok() ? page.refused(reply, ONE, TraceFacts.of(trace.json())) : page.problem(reply);
  }

  private PageAnswer proof(PageContext page) {
    String id = page.path("id");
    CallReply reply = page.calls().get("/traces/{id}/proof", id);
    return reply.ok()
        ? PageAnswer.download(
            "application/json",
            "medseal-trace-" + Ids.brief(id) + ".json",
            new ByteArrayInputStream(reply.body()))
        : page.problem(reply);
  }
}
