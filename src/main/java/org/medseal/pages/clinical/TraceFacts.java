package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A trace as its pages show it. */
record TraceFacts(
    String id,
    String state,
    String txId,
    String createdAt,
    String institution,
    String justification,
    Approvals approvals,
    Optional<Finding> finding) {

  /**
   * Who approved.
   *
   * @param here users of this institution
   */
  record Approvals(List<String> institutions, int here) {}

  /**
   * What the opener found.
   *
   * @param institution that signed; empty where nobody in the registry did
   * @param judged whether this node's judge accepts the proof
   */
  record Finding(String institution, boolean judged) {}

  static TraceFacts of(JsonNode node) {
    List<String> institutions = new ArrayList<>();
    node.path("approvals").forEach(each -> institutions.add(each.asText()));
    JsonNode result = node.path("result");
    return new TraceFacts(
        node.path("id").asText(),
        node.path("state").asText(),
        node.path("txId").asText(),
        node.path("createdAt").asText(),
        node.path("institution").asText(),
        node.path("justification").asText(),
        new Approvals(institutions, node.path("approvalsHere").asInt()),
        result.isObject()
            ? Optional.of(
                new Finding(
                    result.path("institution").asText(""), result.path("judged").asBoolean()))
            : Optional.empty());
  }

  String brief() {
    return Ids.brief(id);
  }

  /** This page's body again, for polling; whoever has seen this state gets nothing. */
  String poll() {
    return "/traces/" + id + "?seen=" + version();
  }

  /** Differs where what the page shows does. */
  String version() {
    return state + "-" + approvals.institutions().size() + "-" + approvals.here();
  }

  boolean isOpen() {
    return state.equals("OPEN");
  }

  boolean isApprovedBy(String someInstitution) {
    return approvals.institutions().contains(someInstitution);
  }

  /** Class of the state's badge. */
  String tone() {
    return switch (state) {
      case "OPEN" -> "info";
      case "APPROVED" -> "warn";
      case "COMPLETED" -> "ok";
      default -> "bad";
    };
  }
}
