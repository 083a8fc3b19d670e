package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes put to the consortium, newest first.
 *
 * @param mayVote whether the visitor may speak for the institution
 */
record GovernanceView(List<Case> cases, boolean mayVote) {

  /**
   * One change.
   *
   * @param outcome why, English; empty while open
   */
  record Case(
      String id,
      String state,
      String proposer,
      Times times,
      Change change,
      List<Vote> votes,
      String outcome) {
    boolean isOpen() {
      return state.equals("OPEN");
    }

    String tone() {
      return switch (state) {
        case "OPEN" -> "info";
        case "ACCEPTED" -> "ok";
        case "FAILED" -> "bad";
        default -> "";
      };
    }

    static Case of(JsonNode proposal) {
      List<Vote> votes = new ArrayList<>();
      proposal
          .path("votes")
          .properties()
          .forEach(
              each ->
                  votes.add(new Vote(each.getKey(), each.getValue().asText().equals("APPROVE"))));
      return new Case(
          proposal.path("id").asText(),
          proposal.path("state").asText(),
          proposal.path("proposer").asText(),
          new Times(proposal.path("createdAt").asText(), proposal.path("deadline").asText()),
          Change.of(proposal.path("change")),
          List.copyOf(votes),
          proposal.path("outcome").asText());
    }
  }

  record Times(String createdAt, String deadline) {}

  record Vote(String institution, boolean approves) {}

  /**
   * What is to change.
   *
   * @param kind code of it
   * @param institution whom it is about; empty for rules
   * @param units of stake; empty where it is not about stake
   */
  record Change(String kind, String institution, String units, List<Detail> details) {
    static Change of(JsonNode change) {
      List<Detail> details = new ArrayList<>();
      JsonNode more = change.path("rules").isObject() ? change.path("rules") : change;
      more.properties()
          .forEach(
              each -> {
                if (!List.of("kind", "institution", "units").contains(each.getKey())) {
                  details.add(new Detail(each.getKey(), each.getValue().asText()));
                }
              });
      return new Change(
          change.path("kind").asText(),
          change.path("institution").asText(),
          change.path("units").asText(""),
          List.copyOf(details));
    }
  }

  /** Name of a field and its value. */
  record Detail(String name, String value) {}
}
