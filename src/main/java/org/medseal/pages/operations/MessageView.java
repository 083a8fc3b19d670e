package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.message.DiscardReason;

/** One message, and what reprocessing it would come to if that was asked. */
record MessageView(MessageRow message, Optional<Trial> trial) {
  /** Codes to choose from. */
  static final List<String> DISCARD_REASONS =
      Arrays.stream(DiscardReason.values()).map(Enum::name).toList();

  /**
   * A dry run.
   *
   * @param stands as it is, in the node's words
   * @param becomes as it would be; empty if that is the same
   */
  record Trial(boolean different, String stands, String becomes, List<Place> places) {
    static Trial of(JsonNode run) {
      List<Place> places = new ArrayList<>();
      for (JsonNode each : run.path("explain")) {
        places.add(Place.of(each));
      }
      JsonNode diff = run.path("diff");
      return new Trial(
          run.path("different").asBoolean(),
          unsigned(diff.path(0).asText()),
          unsigned(diff.path(1).asText()),
          List.copyOf(places));
    }

    private static String unsigned(String line) {
      return line.length() > 2 ? line.substring(2) : line;
    }
  }

  /**
   * What the rules do at one place.
   *
   * @param change REMOVED, CHANGED or KEPT
   */
  record Place(String place, String rule, String line, String change, long times) {
    private static final String KEEP = " keep";

    static Place of(JsonNode explained) {
      String rule = explained.path("rule").asText();
      String change =
          !explained.path("kept").asBoolean()
              ? "REMOVED"
              : rule.endsWith(KEEP) ? "KEPT" : "CHANGED";
      long line = explained.path("line").asLong();
      return new Place(
          explained.path("place").asText(),
          rule,
          line == 0 ? "" : Long.toString(line),
          change,
          explained.path("times").asLong());
    }

    /** As a diff marks it. */
    String mark() {
      return switch (change) {
        case "REMOVED" -> "−";
        case "CHANGED" -> "~";
        default -> "=";
      };
    }
  }
}
