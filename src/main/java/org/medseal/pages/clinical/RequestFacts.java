package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A request as its pages show it; a text that is not there is empty. Times are instants. */
record RequestFacts(
    String id,
    String state,
    String purpose,
    String justification,
    Asker asker,
    Times times,
    Answered answered,
    List<RecordRow> records) {
  RequestFacts {
    records = List.copyOf(records);
  }

  /**
   * Who asks.
   *
   * @param present whether the institution still belongs to the consortium
   */
  record Asker(String institution, boolean present, String login, String name) {
    String person() {
      return name.isBlank() ? login : name;
    }
  }

  /** When it was asked, and until when it can be answered. */
  record Times(String createdAt, String answerBy) {}

  /** How it was answered, and when. */
  record Answered(String institution, String at, String reply, String validUntil) {}

  static RequestFacts of(JsonNode node) {
    return new RequestFacts(
        text(node, "id"),
        text(node, "state"),
        text(node, "purpose"),
        text(node, "justification"),
        new Asker(
            text(node, "institution"),
            node.path("institutionPresent").asBoolean(),
            text(node, "requester"),
            text(node, "requesterName")),
        new Times(text(node, "createdAt"), text(node, "answerBy")),
        new Answered(
            text(node, "decidedBy"),
            text(node, "decidedAt"),
            text(node, "reply"),
            text(node, "validUntil")),
        RecordRow.of(node));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  String brief() {
    return Ids.brief(id);
  }

  /** This page's body again, for polling; whoever has seen this state gets nothing. */
  String poll() {
    return "/requests/" + id + "?seen=" + state;
  }

  boolean isOpen() {
    return state.equals("OPEN");
  }

  boolean isApproved() {
    return state.equals("APPROVED");
  }

  /** Approved once, and its time is up. */
  boolean hasLapsed() {
    return state.equals("EXPIRED") && !answered.validUntil().isEmpty();
  }

  boolean isFor(String someInstitution) {
    return asker.institution().equals(someInstitution);
  }

  boolean isTreatment() {
    return purpose.equals("TREATMENT");
  }

  /** Whether a key of this session opens all its records. */
  boolean isReviewable() {
    return !records.isEmpty() && records.stream().allMatch(RecordRow::reviewable);
  }

  boolean isGrantable() {
    return isReviewable() && asker.present();
  }

  /** Class of the state's badge. */
  String tone() {
    return switch (state) {
      case "OPEN" -> "info";
      case "APPROVED" -> "ok";
      case "REJECTED" -> "bad";
      default -> "warn";
    };
  }
}
