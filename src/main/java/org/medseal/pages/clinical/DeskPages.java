package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.LocalPath;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** The custodian's desk: what is asked for, review, approve, reject. */
final class DeskPages {
  private static final String TEMPLATE = "clinical/desk-request";

  List<Page> pages() {
    return List.of(
        Page.get("/desk", ClinicalPages.ADMIN, page -> RequestPages.list(page, "/desk", "desk")),
        Page.post("/desk/unlock", ClinicalPages.ADMIN, this::unlock),
        Page.get("/desk/{id}", ClinicalPages.ADMIN, this::show),
        Page.post("/desk/{id}/approve", ClinicalPages.ADMIN, page -> decide(page, true)),
        Page.post("/desk/{id}/reject", ClinicalPages.ADMIN, page -> decide(page, false)));
  }

  private PageAnswer show(PageContext page) {
    CallReply reply = page.calls().get("/requests/{id}", page.path("id"));
    return reply.ok()
        ? page.render(TEMPLATE, DeskRequest.unwritten(reply.json()))
        : page.problem(reply);
  }

  private PageAnswer decide(PageContext page, boolean approve) {
    ObjectNode body = Body.object().put("reply", page.field("reply").strip());
    String days = page.field("validDays").strip();
    if (approve && !days.isEmpty()) {
      // What is no number goes as it is: the call says so.
      body.set(
          "validDays",
          days.matches("[0-9]{1,4}")
              ? IntNode.valueOf(Integer.parseInt(days))
              : TextNode.valueOf(days));
    }
    String id = page.path("id");
    String call = approve ? "/requests/{id}/approve" : "/requests/{id}/reject";
    CallReply reply = page.calls().post(CallTarget.of(call, id), body);
    return reply.ok()
        ? page.done("/desk/" + id, approve ? "request-approved" : "request-rejected")
        : refused(page, reply);
  }

  /** The request as it is now, with what was written. */
  private static PageAnswer refused(PageContext page, CallReply refusal) {
    CallReply request = page.calls().get("/requests/{id}", page.path("id"));
    if (!request.ok()) {
      return page.problem(request);
    }
    DeskRequest written =
        new DeskRequest(
            RequestFacts.of(request.json()), page.field("reply"), page.field("validDays"));
    return page.refused(refusal, TEMPLATE, written);
  }

  private PageAnswer unlock(PageContext page) {
    ObjectNode body = Body.object().put("passphrase", page.field("passphrase"));
    CallReply reply = page.calls().post(CallTarget.of("/me/keys/unlock"), body);
    return reply.ok()
        ? page.done(LocalPath.orHome(page.field("next")), "keys-unlocked")
        : page.problem(reply);
  }
}
