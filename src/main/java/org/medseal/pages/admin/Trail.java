package org.medseal.pages.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medseal.audit.AuditEntry;

/**
 * A page of the audit trail, newest first.
 *
 * @param total entries in the whole trail
 * @param older query of the next page; empty on the last
 */
record Trail(List<Entry> entries, long total, Filter filter, String older, Anchoring anchoring) {
  private static final String CODES = "urn:medseal:audit-fact:";

  /** As typed; the days are ISO dates. */
  record Filter(
      String action, String agent, String since, String until, String outcome, String entity) {
    Map<String, String> asQuery() {
      return Map.of(
          "action", action, "agent", agent, "since", since, "until", until, "outcome", outcome,
          "entity", entity);
    }
  }

  /**
   * One thing somebody did.
   *
   * @param outcome {@code intended} for what was about to be done, the code of the problem for what
   *     was refused; empty when it was done
   */
  record Entry(
      String id, String at, String action, String agent, String outcome, List<Fact> facts) {
    boolean isIntended() {
      return outcome.equals(AuditEntry.INTENDED);
    }
  }

  /** A code and its value, as written down. */
  record Fact(String name, String value) {}

  /**
   * How the trail stands against its anchors on the ledger.
   *
   * @param known false where it could not be asked
   * @param fault a sentence, in English; empty if the trail holds
   */
  record Anchoring(boolean known, long anchors, String lastAt, String fault) {
    static Anchoring of(JsonNode report) {
      return new Anchoring(
          report.has("holds"),
          report.path("total").asLong(),
          report.path("anchors").path(0).path("at").asText(""),
          report.path("fault").asText(""));
    }
  }

  static Trail of(JsonNode bundle, Filter filter, Anchoring anchoring) {
    List<Entry> entries = new ArrayList<>();
    bundle.path("entry").forEach(each -> entries.add(entry(each.path("resource"))));
    boolean more = false;
    for (JsonNode link : bundle.path("link")) {
      more |= link.path("relation").asText().equals("next");
    }
    String older = "";
    if (more && !entries.isEmpty()) {
      Map<String, String> query = new HashMap<>(filter.asQuery());
      query.put("before", entries.get(entries.size() - 1).id());
      older = Query.of(query);
    }
    return new Trail(List.copyOf(entries), bundle.path("total").asLong(), filter, older, anchoring);
  }

  /** Query of the export of the same days. */
  String export() {
    return Query.of(Map.of("since", filter.since(), "until", filter.until()));
  }

  private static Entry entry(JsonNode event) {
    List<Fact> facts = new ArrayList<>();
    for (JsonNode detail : event.path("entity").path(0).path("detail")) {
      facts.add(
          new Fact(
              detail.path("type").asText("").replace(CODES, ""),
              detail.path("valueString").asText("")));
    }
    String agent = event.path("agent").path(0).path("who").path("display").asText("");
    return new Entry(
        event.path("id").asText(""),
        event.path("recorded").asText(""),
        event.path("subtype").path(0).path("code").asText(""),
        agent,
        event.path("outcomeDesc").asText(""),
        List.copyOf(facts));
  }
}
