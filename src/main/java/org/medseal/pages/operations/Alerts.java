package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What lasts and should be looked at. */
record Alerts(List<Alert> all) {

  /**
   * @param kind code, for its text
   * @param sentence the node's own words, English
   */
  record Alert(String kind, String subject, String since, String sentence) {}

  static Alerts of(JsonNode alerts) {
    List<Alert> all = new ArrayList<>();
    for (JsonNode each : alerts) {
      all.add(
          new Alert(
              each.path("kind").asText(),
              each.path("subject").asText(),
              each.path("since").asText(),
              each.path("sentence").asText()));
    }
    return new Alerts(List.copyOf(all));
  }
}
