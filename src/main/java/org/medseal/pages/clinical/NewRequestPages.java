package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** Asking for records that were found: why, and for what. */
final class NewRequestPages {
  private static final String TEMPLATE = "clinical/request-new";

  List<Page> pages() {
    return List.of(
        Page.get("/requests/new", ClinicalPages.PEOPLE, page -> PageAnswer.seeOther("/search")),
        Page.post("/requests/new", ClinicalPages.PEOPLE, this::choose),
        Page.post("/requests", ClinicalPages.PEOPLE, this::ask));
  }

  private PageAnswer choose(PageContext page) {
    boolean all = page.field("scope").equals("all");
    return page.render(TEMPLATE, new NewRequest(chosen(page, all ? "every" : "record"), "", ""));
  }

  private PageAnswer ask(PageContext page) {
    NewRequest request =
        new NewRequest(
            chosen(page, "record"), page.field("purpose"), page.field("justification").strip());
    ObjectNode body = Body.object();
    var txIds = body.putArray("txIds");
    request.records().forEach(row -> txIds.add(row.txId()));
    body.put("purpose", request.purpose()).put("justification", request.justification());
    CallReply reply = page.calls().post(CallTarget.of("/requests"), body);
    return reply.ok()
        ? page.done("/requests/" + reply.json().path("id").asText(), "request-sent")
        : page.refused(reply, TEMPLATE, request);
  }

  private static List<RecordRow> chosen(PageContext page, String field) {
    return page.fields(field).stream().distinct().map(RecordRow::ofChoice).toList();
  }
}
