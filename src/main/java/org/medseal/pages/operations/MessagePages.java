package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** Lists of messages, newest first. */
final class MessagePages {
  static final String PATH = "/messages";
  private static final int PAGE = 50;

  List<Page> pages() {
    return List.of(Page.get(PATH, Audience.anyOf(Role.OPERATOR), this::list));
  }

  private PageAnswer list(PageContext page) {
    MessageFilter filter = MessageFilter.of(page::query);
    CallReply found =
        page.calls()
            .get(
                filter
                    .target(page.view().zone())
                    .with("order", "NEWEST")
                    .with("limit", Integer.toString(PAGE))
                    .with("after", page.query("after")));
    if (found.status() == 401 || found.status() == 403) {
      return page.problem(found);
    }
    MessagesView view = view(page, filter, found.json());
    return found.ok()
        ? page.render("operations/messages", view)
        : page.refused(found, "operations/messages", view);
  }

  /** Of a refused call there is nothing but the filter, to be corrected. */
  static MessagesView view(PageContext page, MessageFilter filter, JsonNode found) {
    List<MessageRow> rows = new ArrayList<>();
    found.path("messages").forEach(each -> rows.add(MessageRow.of(each)));
    List<MessagesView.Count> counts = new ArrayList<>();
    for (String state : MessageFilter.STATES) {
      if (found.path("counts").has(state)) {
        counts.add(new MessagesView.Count(state, found.path("counts").path(state).asLong()));
      }
    }
    String more = rows.size() == PAGE ? rows.get(PAGE - 1).id() : "";
    return new MessagesView(filter, counts, feeds(page, filter), reasons(), rows, more);
  }

  private static List<String> feeds(PageContext page, MessageFilter filter) {
    Set<String> names = new TreeSet<>();
    page.calls()
        .get("/feeds")
        .json()
        .path("feeds")
        .forEach(each -> names.add(each.path("feed").asText()));
    if (!filter.feed().isBlank()) {
      names.add(filter.feed());
    }
    return List.copyOf(names);
  }

  private static List<String> reasons() {
    return Arrays.stream(QuarantineReason.values()).map(Enum::name).toList();
  }
}
