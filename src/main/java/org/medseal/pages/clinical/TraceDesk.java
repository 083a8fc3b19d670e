package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The tracing desk.
 *
 * @param state filter; empty for all
 * @param more whether others follow
 * @param txId record of the trace being asked for, as it was typed
 */
record TraceDesk(
    String state, List<TraceFacts> traces, boolean more, String txId, String justification) {
  static final int PAGE = 50;

  TraceDesk {
    traces = List.copyOf(traces);
  }

  static TraceDesk of(JsonNode answer, String state, String txId, String justification) {
    List<TraceFacts> all = new ArrayList<>();
    answer.path("traces").forEach(each -> all.add(TraceFacts.of(each)));
    boolean more = all.size() > PAGE;
    return new TraceDesk(state, more ? all.subList(0, PAGE) : all, more, txId, justification);
  }

  List<String> states() {
    return List.of("OPEN", "APPROVED", "COMPLETED", "NOT_IN_REGISTRY");
  }

  String next() {
    return "/traces?state=" + state + "&after=" + traces.get(traces.size() - 1).id();
  }
}
