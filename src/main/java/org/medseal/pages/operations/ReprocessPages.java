package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** Putting some messages, or all that a filter takes, back to work. */
final class ReprocessPages {
  private static final String JOBS = "/messages/jobs";
  private static final int CHOSEN_AT_MOST = 100;
  private static final int COUNTED_AT_MOST = 1_000;

  /**
   * What is asked before all of them go back.
   *
   * @param messages how many there are
   * @param more whether there are more than were counted
   */
  record Ask(MessageFilter filter, int messages, boolean more) {}

  List<Page> pages() {
    Audience operator = Audience.anyOf(Role.OPERATOR);
    return List.of(
        Page.get("/messages/reprocess", operator, this::ask),
        Page.post("/messages/reprocess", operator, this::all),
        Page.post("/messages/reprocess-chosen", operator, this::chosen),
        Page.get(JOBS + "/{job}", operator, this::job));
  }

  private PageAnswer ask(PageContext page) {
    return ask(page, MessageFilter.of(page::query));
  }

  private static PageAnswer ask(PageContext page, MessageFilter filter) {
    CallReply found =
        page.calls()
            .get(
                filter.target(page.view().zone()).with("limit", Integer.toString(COUNTED_AT_MOST)));
    return found.ok()
        ? page.render("operations/reprocess", counted(filter, found.json()))
        : page.problem(found);
  }

  private static Ask counted(MessageFilter filter, JsonNode found) {
    int kept = 0;
    for (JsonNode each : found.path("messages")) {
      kept += MessageRow.of(each).isKeptBack() ? 1 : 0;
    }
    return new Ask(filter, kept, found.path("messages").size() == COUNTED_AT_MOST);
  }

  private PageAnswer all(PageContext page) {
    MessageFilter filter = MessageFilter.of(name -> page.field(name).strip());
    CallReply begun =
        page.calls().post(CallTarget.of("/messages/reprocess"), filter.body(page.view().zone()));
    if (!begun.ok()) {
      Ask nothing = new Ask(filter, 0, false);
      return page.refused(begun, "operations/reprocess", nothing);
    }
    return PageAnswer.seeOther(JOBS + "/" + begun.json().path("job").asText());
  }

  /** One call each, as each has its entry in the audit; one refused does not stop the others. */
  private PageAnswer chosen(PageContext page) {
    MessageFilter filter = MessageFilter.of(name -> page.field(name).strip());
    List<String> ids = page.fields("id").stream().limit(CHOSEN_AT_MOST).toList();
    String back = MessagePages.PATH + filter.query();
    if (ids.isEmpty()) {
      return page.done(back, "messages-none");
    }
    boolean whole = true;
    for (String id : ids) {
      CallReply done = page.calls().post("/messages/{id}/reprocess", id);
      if (done.status() == 401 || done.status() == 403) {
        return page.problem(done);
      }
      whole &= done.ok();
    }
    return page.done(back, whole ? "messages-reprocess" : "messages-partly");
  }

  private PageAnswer job(PageContext page) {
    CallReply found = page.calls().get("/messages/reprocess/{id}", page.path("job"));
    if (!found.ok()) {
      return page.problem(found);
    }
    JsonNode job = found.json();
    ReprocessView view =
        new ReprocessView(
            job.path("job").asText(), job.path("state").asText(), job.path("reprocessed").asLong());
    return page.render(page.wantsPart() ? "operations/jobnow" : "operations/job", view);
  }
}
