package org.medseal.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.function.ToLongFunction;
import org.medseal.connectors.message.FeedTally;

/** Messages, feeds and alerts: counts and names of feeds, nothing of a message. */
final class IntakeMetrics {
  private final MetricsText text;

  private IntakeMetrics(MetricsText text) {
    this.text = text;
  }

  static void append(MetricsText text, AdminServices.Intake intake, Instant now) {
    new IntakeMetrics(text).append(intake, now);
  }

  private void append(AdminServices.Intake intake, Instant now) {
    text.gauge("medseal_messages", "Messages held, by state.");
    intake
        .messages()
        .counts()
        .forEach((state, count) -> text.sample("medseal_messages", "state", state.name(), count));
    tallies(intake.messages().tallies(), now);
    running(intake.feeds());
    AssociationMetrics.append(text, intake.feeds().associations());
    text.gauge("medseal_alert", "1 for each alert that stands, by kind and what it is about.");
    intake
        .watch()
        .alerts()
        .forEach(alert -> text.alert("medseal_alert", alert.kind().code(), alert.subject()));
  }

  private void tallies(SortedMap<String, FeedTally> feeds, Instant now) {
    counter("received", "Messages taken, by feed.", feeds, FeedTally::received);
    counter("duplicates", "Messages that were known already.", feeds, FeedTally::duplicates);
    counter("committed", "Messages whose record is on the ledger.", feeds, FeedTally::committed);
    counter("not_records", "Messages that are no record.", feeds, FeedTally::notRecords);
    String quarantined = "medseal_feed_quarantined_total";
    text.counter(quarantined, "Messages quarantined, by feed and reason.");
    feeds.forEach(
        (feed, tally) ->
            tally
                .quarantined()
                .forEach(
                    (reason, count) ->
                        text.sample(quarantined, feed, "reason", reason.name(), count)));
    String age = "medseal_feed_last_message_age_seconds";
    text.gauge(age, "Seconds since a feed's last message came.");
    feeds.forEach(
        (feed, tally) ->
            tally
                .lastReceived()
                .ifPresent(at -> text.sample(age, "feed", feed, secondsBetween(at, now))));
  }

  private static long secondsBetween(Instant at, Instant now) {
    return Math.max(0, Duration.between(at, now).toSeconds());
  }

  private void running(FeedControl feeds) {
    String running = "medseal_feed_running";
    text.gauge(running, "1 while a feed runs, else 0.");
    feeds
        .feeds()
        .forEach(
            feed ->
                text.sample(running, "feed", feed.id(), feed.state().equals("RUNNING") ? 1 : 0));
  }

  private void counter(
      String what,
      String help,
      SortedMap<String, FeedTally> feeds,
      ToLongFunction<FeedTally> value) {
    String name = "medseal_feed_" + what + "_total";
    text.counter(name, help);
    feeds.forEach((feed, tally) -> text.sample(name, "feed", feed, value.applyAsLong(tally)));
  }
}
