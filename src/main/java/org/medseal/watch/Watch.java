package org.medseal.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.connectors.message.FeedTally;
import org.medseal.watch.Alert.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells episodes: one line in the log when something begins, one when it is over, and in between it
 * stands among the alerts. Looks when told to; from any thread.
 */
public final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** An inbox that was full is no longer so below this part of the high water. */
  private static final double EBB = 0.8;

  private final WatchLimits limits;
  private final InstantSource clock;
  private final Instant begun;
  private final QuarantineRates rates;
  private final TreeMap<String, Alert> active = new TreeMap<>();

  public Watch(WatchLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.begun = clock.instant();
    this.rates = new QuarantineRates(limits.quarantinePercent());
  }

  /** What lasts at the moment of the last look, by kind and subject. */
  public synchronized List<Alert> alerts() {
    return List.copyOf(active.values());
  }

  public synchronized void look(Sights sights) {
    Instant now = clock.instant();
    List<Alert> seen = new ArrayList<>();
    sights.feeds().forEach((feed, state) -> feed(feed, state, sights, now).ifPresent(seen::add));
    rates.look(sights.tallies(), now).forEach((feed, words) -> seen.add(rate(feed, words, now)));
    inbox(sights.waiting(), now).ifPresent(seen::add);
    disk(sights.disk(), now).ifPresent(seen::add);
    sights
        .ledgerOut()
        .map(words -> new Alert(Kind.LEDGER_OUT, "ledger", now, words))
        .ifPresent(seen::add);
    sights
        .auditFault()
        .map(words -> new Alert(Kind.AUDIT_TRAIL, "audit", now, words))
        .ifPresent(seen::add);
    change(seen);
  }

  private void change(List<Alert> seen) {
    TreeMap<String, Alert> next = new TreeMap<>();
    for (Alert alert : seen) {
      String key = key(alert);
      Alert before = active.get(key);
      if (before == null) {
        LOG.warn("{}", alert.sentence());
      }
      Instant since = before == null ? alert.since() : before.since();
      next.put(key, new Alert(alert.kind(), alert.subject(), since, alert.sentence()));
    }
    active.forEach(
        (key, over) -> {
          if (!next.containsKey(key)) {
            LOG.info("over: {}", over.sentence());
          }
        });
    active.clear();
    active.putAll(next);
  }

  private static String key(Alert alert) {
    return alert.kind().code() + " " + alert.subject();
  }

  private Optional<Alert> feed(String feed, String state, Sights sights, Instant now) {
    if (state.equals("FAILED")) {
      String words = "feed " + feed + " does not run; see medseal feeds";
      return Optional.of(new Alert(Kind.FEED_FAILED, feed, now, words));
    }
    Duration most = limits.silence().get(feed);
    if (most == null || !state.equals("RUNNING")) {
      return Optional.empty();
    }
    Instant last =
        Optional.ofNullable(sights.tallies().get(feed))
            .flatMap(FeedTally::lastReceived)
            .filter(at -> at.isAfter(begun))
            .orElse(begun);
    if (now.isBefore(last.plus(most))) {
      return Optional.empty();
    }
    String words = "feed " + feed + " has brought no message for " + most.toMinutes() + " minutes";
    return Optional.of(new Alert(Kind.FEED_SILENT, feed, now, words));
  }

  private static Alert rate(String feed, String words, Instant now) {
    return new Alert(Kind.QUARANTINE_RATE, feed, now, words);
  }

  private Optional<Alert> inbox(long waiting, Instant now) {
    boolean before = active.values().stream().anyMatch(each -> each.kind() == Kind.INBOX_FULL);
    double bound = before ? limits.highWater() * EBB : limits.highWater();
    if (waiting < bound) {
      return Optional.empty();
    }
    String words =
        waiting + " messages wait for the ledger, of " + limits.highWater() + " that may";
    return Optional.of(new Alert(Kind.INBOX_FULL, "inbox", now, words));
  }

  private Optional<Alert> disk(Sights.Room room, Instant now) {
    long low = room.totalBytes() / 100 * limits.diskFreePercent();
    if (room.freeBytes() >= low) {
      return Optional.empty();
    }
    String words =
        String.format(
            "the disk is almost full: %d of %d MB free",
            room.freeBytes() >> 20, room.totalBytes() >> 20);
    return Optional.of(new Alert(Kind.DISK_LOW, "home", now, words));
  }
}
