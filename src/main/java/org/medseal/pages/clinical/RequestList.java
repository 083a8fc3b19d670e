package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.medseal.pages.CallTarget;
import org.medseal.pages.PageContext;

/**
 * A page of a list of requests.
 *
 * @param base path of the list
 * @param state filter; empty for all
 * @param role mine, all or desk
 * @param after last one of the page before; empty on the first page
 * @param more whether others follow
 */
record RequestList(
    String base,
    String state,
    String role,
    String after,
    List<RequestFacts> requests,
    boolean more) {
  static final List<String> STATES = List.of("OPEN", "APPROVED", "REJECTED", "EXPIRED");
  private static final int PAGE = 50;

  RequestList {
    requests = List.copyOf(requests);
  }

  /** The call that fills such a page: one more than is shown tells whether others follow. */
  static CallTarget target(PageContext page, String role) {
    return CallTarget.of("/requests")
        .with("state", page.query("state"))
        .with("role", role)
        .with("after", page.query("after"))
        .with("limit", Integer.toString(PAGE + 1));
  }

  static RequestList of(PageContext page, String base, String role, JsonNode answer) {
    List<RequestFacts> all = new ArrayList<>();
    answer.path("requests").forEach(each -> all.add(RequestFacts.of(each)));
    boolean more = all.size() > PAGE;
    return new RequestList(
        base,
        page.query("state"),
        role,
        page.query("after"),
        more ? all.subList(0, PAGE) : all,
        more);
  }

  List<String> states() {
    return STATES;
  }

  /** This page again, for polling; whoever has this version gets nothing. */
  String poll() {
    return href(state, after) + "&seen=" + version();
  }

  String next() {
    return href(state, requests.get(requests.size() - 1).id());
  }

  String first() {
    return href(state, "");
  }

  String of(String otherState) {
    return href(otherState, "");
  }

  private String href(String wantedState, String behind) {
    String path = base + "?role=" + role + "&state=" + wantedState;
    return behind.isEmpty() ? path : path + "&after=" + behind;
  }

  /** Differs where the list does: so that a poll leaves a page alone that is up to date. */
  String version() {
    return Integer.toHexString(
        Objects.hash(requests.stream().map(each -> each.id() + each.state()).toList(), more));
  }
}
