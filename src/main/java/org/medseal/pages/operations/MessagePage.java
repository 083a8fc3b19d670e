package org.medseal.pages.operations;

import java.util.List;
import java.util.Optional;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** One message: how it stands, what to do about it, and trying that without changing anything. */
final class MessagePage {
  private static final String TEMPLATE = "operations/message";

  List<Page> pages() {
    Audience operator = Audience.anyOf(Role.OPERATOR);
    return List.of(
        Page.get("/messages/{id}", operator, page -> show(page, false)),
        Page.get("/messages/{id}/dry-run", operator, page -> show(page, true)),
        Page.post("/messages/{id}/reprocess", operator, this::reprocess),
        Page.post("/messages/{id}/discard", operator, this::discard));
  }

  private PageAnswer show(PageContext page, boolean tried) {
    CallReply found = message(page);
    if (!found.ok()) {
      return page.problem(found);
    }
    MessageRow message = MessageRow.of(found.json());
    if (!tried) {
      return page.render(TEMPLATE, new MessageView(message, Optional.empty()));
    }
    CallReply run = page.calls().get("/messages/{id}/dry-run", page.path("id"));
    return run.ok()
        ? page.render(
            TEMPLATE, new MessageView(message, Optional.of(MessageView.Trial.of(run.json()))))
        : page.refused(run, TEMPLATE, new MessageView(message, Optional.empty()));
  }

  private PageAnswer reprocess(PageContext page) {
    return after(
        page, page.calls().post("/messages/{id}/reprocess", page.path("id")), "message-reprocess");
  }

  private PageAnswer discard(PageContext page) {
    return after(
        page,
        page.calls()
            .post(
                CallTarget.of("/messages/{id}/discard", page.path("id")),
                Body.object().put("reason", page.field("reason"))),
        "message-discard");
  }

  private static PageAnswer after(PageContext page, CallReply done, String code) {
    if (done.ok()) {
      return page.done("/messages/" + page.path("id"), code);
    }
    CallReply found = message(page);
    return found.ok()
        ? page.refused(
            done, TEMPLATE, new MessageView(MessageRow.of(found.json()), Optional.empty()))
        : page.problem(done);
  }

  static CallReply message(PageContext page) {
    return page.calls().get("/messages/{id}", page.path("id"));
  }
}
