package org.medseal.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.medseal.connectors.dicomnet.ScpCounts;
import org.medseal.connectors.message.FeedTally;

/**
 * Messages, feeds and alerts as Prometheus text: counts and names of feeds, nothing of a message.
 */
final class IntakeMetrics {
  private final StringBuilder text;

  private IntakeMetrics(StringBuilder text) {
    this.text = text;
  }

  static void append(StringBuilder text, AdminServices.Intake intake, Instant now) {
    new IntakeMetrics(text).append(intake, now);
  }

  private void append(AdminServices.Intake intake, Instant now) {
    type("medseal_messages", "gauge");
    intake
        .messages()
        .counts()
        .forEach((state, count) -> line("medseal_messages", "state", state.name(), count));
    SortedMap<String, FeedTally> feeds = intake.messages().tallies();
    counter("medseal_feed_received_total", feeds, FeedTally::received);
    counter("medseal_feed_duplicates_total", feeds, FeedTally::duplicates);
    counter("medseal_feed_committed_total", feeds, FeedTally::committed);
    counter("medseal_feed_not_records_total", feeds, FeedTally::notRecords);
    type("medseal_feed_quarantined_total", "counter");
    feeds.forEach(
        (feed, tally) ->
            tally
                .quarantined()
                .forEach(
                    (reason, count) ->
                        write(
                            "medseal_feed_quarantined_total",
                            label("feed", feed) + "," + label("reason", reason.name()),
                            count)));
    type("medseal_feed_last_message_age_seconds", "gauge");
    feeds.forEach(
        (feed, tally) ->
            tally
                .lastReceived()
                .ifPresent(
                    at ->
                        line(
                            "medseal_feed_last_message_age_seconds",
                            "feed",
                            feed,
                            Math.max(0, Duration.between(at, now).toSeconds()))));
    running(intake.feeds());
    associations(intake.feeds().associations());
    type("medseal_alert", "gauge");
    intake
        .watch()
        .alerts()
        .forEach(
            alert ->
                write(
                    "medseal_alert",
                    label("kind", alert.kind().code()) + "," + label("subject", alert.subject()),
                    1));
  }

  private void running(FeedControl feeds) {
    type("medseal_feed_running", "gauge");
    feeds
        .feeds()
        .forEach(
            feed ->
                line(
                    "medseal_feed_running",
                    "feed",
                    feed.id(),
                    feed.state().equals("RUNNING") ? 1 : 0));
  }

  private void associations(Map<String, ScpCounts.Reading> byFeed) {
    if (byFeed.isEmpty()) {
      return;
    }
    type("medseal_dicom_associations_open", "gauge");
    byFeed.forEach((id, read) -> line("medseal_dicom_associations_open", "feed", id, read.open()));
    String total = "medseal_dicom_associations_total";
    type(total, "counter");
    byFeed.forEach(
        (id, read) -> {
          write(total, label("feed", id) + "," + label("end", "accepted"), read.accepted());
          write(total, label("feed", id) + "," + label("end", "rejected"), read.rejected());
          write(total, label("feed", id) + "," + label("end", "aborted"), read.aborted());
        });
    String answers = "medseal_dicom_answers_total";
    type(answers, "counter");
    byFeed.forEach(
        (id, read) ->
            new TreeMap<>(read.answers())
                .forEach(
                    (status, count) ->
                        write(
                            answers,
                            label("feed", id) + "," + label("status", status.hex()),
                            count)));
  }

  private void counter(
      String name, SortedMap<String, FeedTally> feeds, ToLongFunction<FeedTally> value) {
    type(name, "counter");
    feeds.forEach((feed, tally) -> line(name, "feed", feed, value.applyAsLong(tally)));
  }

  private void type(String name, String type) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, String label, String labelled, long value) {
    write(name, label(label, labelled), value);
  }

  private void write(String name, String labels, long value) {
    text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private static String label(String name, String value) {
    String safe = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + safe + "\"";
  }
}
