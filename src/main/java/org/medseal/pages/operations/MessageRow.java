package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One message as lists and its own page show it; nothing of its content.
 *
 * @param reason code of why it was kept back; may be empty
 * @param sentence what to do about it, English; may be empty
 */
record MessageRow(
    String id,
    String feed,
    String format,
    String state,
    String receivedAt,
    String reason,
    String sentence,
    String place,
    boolean conflict,
    List<Sealed> records) {

  /**
   * A transaction made of it.
   *
   * @param height empty while it is in no block
   */
  record Sealed(String txId, String height) {}

  static MessageRow of(JsonNode message) {
    List<Sealed> records = new ArrayList<>();
    for (JsonNode each : message.path("records")) {
      records.add(new Sealed(each.path("txId").asText(), each.path("height").asText("")));
    }
    return new MessageRow(
        message.path("id").asText(),
        message.path("feed").asText(),
        message.path("format").asText(),
        message.path("state").asText(),
        message.path("receivedAt").asText(),
        message.path("reason").asText(),
        message.path("sentence").asText(),
        message.path("place").asText(),
        message.path("conflict").asBoolean(),
        List.copyOf(records));
  }

  String tone() {
    return tone(state);
  }

  static String tone(String state) {
    return switch (state) {
      case "QUARANTINED" -> "warn";
      case "FAILED" -> "bad";
      case "COMMITTED" -> "ok";
      case "RECEIVED", "SEALED", "SUBMITTED" -> "info";
      default -> "";
    };
  }

  /** Whether it waits for somebody to decide. */
  boolean isKeptBack() {
    return state.equals("QUARANTINED") || state.equals("FAILED");
  }
}
