package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.plot.Plot;

/** What the page of all feeds shows. */
record FeedsView(Alerts alerts, List<Feed> feeds, Span span, List<Plot> plots) {

  /**
   * One feed with its counts since the start of the node.
   *
   * @param lastMessageAt empty before the first
   * @param failure why it does not run, English; may be empty
   */
  record Feed(
      String id,
      String name,
      String kind,
      String state,
      String failure,
      String lastMessageAt,
      Counts counts) {
    String tone() {
      return switch (state) {
        case "RUNNING" -> "ok";
        case "FAILED" -> "bad";
        default -> "warn";
      };
    }

    boolean isPaused() {
      return state.equals("PAUSED");
    }
  }

  /** Messages. */
  record Counts(long received, long duplicates, long committed, long notRecords, long quarantined) {
    static Counts of(JsonNode feed) {
      long kept = 0;
      for (JsonNode each : feed.path("quarantined")) {
        kept += each.asLong();
      }
      return new Counts(
          feed.path("received").asLong(),
          feed.path("duplicates").asLong(),
          feed.path("committed").asLong(),
          feed.path("notRecords").asLong(),
          kept);
    }
  }

  static List<Feed> feeds(JsonNode feeds) {
    List<Feed> all = new ArrayList<>();
    for (JsonNode each : feeds) {
      all.add(
          new Feed(
              each.path("id").asText(),
              each.path("feed").asText(),
              each.path("kind").asText(),
              each.path("state").asText(),
              each.path("failure").asText(),
              each.path("lastMessageAt").asText(),
              Counts.of(each)));
    }
    return all;
  }
}
