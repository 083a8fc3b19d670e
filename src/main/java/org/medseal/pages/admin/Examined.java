package org.medseal.pages.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Findings, what is not well first. */
record Examined(List<Finding> findings) {

  /**
   * One thing looked at.
   *
   * @param level OK, WARN or FAIL
   * @param words a sentence of the node's, in English
   */
  record Finding(String check, String level, String words) {
    String tone() {
      return switch (level) {
        case "OK" -> "ok";
        case "WARN" -> "warn";
        default -> "bad";
      };
    }
  }

  static Examined of(JsonNode answer) {
    List<Finding> all = new ArrayList<>();
    for (String level : List.of("FAIL", "WARN", "OK")) {
      for (JsonNode each : answer.path("findings")) {
        if (each.path("level").asText().equals(level)) {
          all.add(new Finding(each.path("check").asText(), level, each.path("words").asText()));
        }
      }
    }
    return new Examined(List.copyOf(all));
  }

  /** The worst of them. */
  String level() {
    return findings.isEmpty() ? "OK" : findings.get(0).level();
  }
}
