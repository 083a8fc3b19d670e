package org.medseal.pages.clinical;

import java.util.List;
import org.medseal.pages.CallReply;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** Requests as those see them who asked, and each of them. */
final class RequestPages {
  private static final byte[] NOTHING = {};

  List<Page> pages() {
    return List.of(
        Page.get("/requests", ClinicalPages.PEOPLE, this::list),
        Page.get("/requests/{id}", ClinicalPages.PEOPLE, this::show));
  }

  private PageAnswer list(PageContext page) {
    boolean all = page.is(Role.ADMIN) && page.query("role").equals("all");
    return list(page, "/requests", all ? "all" : "mine");
  }

  /** Also for htmx, which is told when there is nothing new. */
  static PageAnswer list(PageContext page, String base, String role) {
    CallReply reply = page.calls().get(RequestList.target(page, role));
    if (!reply.ok()) {
      return page.problem(reply);
    }
    RequestList list = RequestList.of(page, base, role, reply.json());
    if (!page.wantsPart()) {
      return page.render(role.equals("desk") ? "clinical/desk" : "clinical/requests", list);
    }
    return page.query("seen").equals(list.version())
        ? PageAnswer.content(204, "", NOTHING)
        : page.render("clinical/listing", list);
  }

  private PageAnswer show(PageContext page) {
    CallReply reply = page.calls().get("/requests/{id}", page.path("id"));
    if (!reply.ok()) {
      return page.problem(reply);
    }
    RequestFacts request = RequestFacts.of(reply.json());
    if (!page.wantsPart()) {
      return page.render("clinical/request", request);
    }
    return page.query("seen").equals(request.state())
        ? PageAnswer.content(204, "", NOTHING)
        : page.render("clinical/requestbody", request);
  }
}
