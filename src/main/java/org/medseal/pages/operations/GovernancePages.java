package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** What the consortium decides about itself, and this institution's votes. */
final class GovernancePages {
  private static final String PATH = "/ledger/governance";
  private static final String TEMPLATE = "operations/governance";

  List<Page> pages() {
    return List.of(
        Page.get(PATH, Audience.signedIn(), this::show),
        Page.post(PATH + "/{id}/vote", Audience.anyOf(Role.ADMIN), this::vote));
  }

  private PageAnswer show(PageContext page) {
    CallReply found = page.calls().get(PATH);
    return found.ok() ? page.render(TEMPLATE, view(page, found.json())) : page.problem(found);
  }

  private PageAnswer vote(PageContext page) {
    CallReply voted =
        page.calls()
            .post(
                CallTarget.of(PATH + "/{id}/vote", page.path("id")),
                Body.object().put("vote", page.field("vote")));
    if (voted.ok()) {
      return page.done(PATH, voted.status() == 202 ? "vote-sent" : "vote");
    }
    CallReply found = page.calls().get(PATH);
    return found.ok()
        ? page.refused(voted, TEMPLATE, view(page, found.json()))
        : page.problem(voted);
  }

  private static GovernanceView view(PageContext page, JsonNode found) {
    Deque<GovernanceView.Case> newestFirst = new ArrayDeque<>();
    found.path("proposals").forEach(each -> newestFirst.push(GovernanceView.Case.of(each)));
    return new GovernanceView(new ArrayList<>(newestFirst), page.is(Role.ADMIN));
  }
}
