package org.medseal.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.medseal.connectors.message.FeedTally;

/** How many of a feed's messages were kept back lately. */
final class QuarantineRates {
  static final Duration WINDOW = Duration.ofMinutes(15);

  /** Fewer are looked at one by one. */
  static final int WORTH_A_WORD = 10;

  private final int percent;
  private final Map<String, Deque<Sample>> samples = new HashMap<>();

  private record Sample(Instant at, long received, long quarantined) {}

  QuarantineRates(int percent) {
    this.percent = percent;
  }

  /** Feeds above the rate, with a sentence each. */
  Map<String, String> look(Map<String, FeedTally> tallies, Instant now) {
    Map<String, String> above = new TreeMap<>();
    tallies.forEach(
        (feed, tally) -> {
          long kept = tally.quarantined().values().stream().mapToLong(Long::longValue).sum();
          Sample newest = new Sample(now, tally.received(), kept);
          Deque<Sample> window = samples.computeIfAbsent(feed, name -> first(now));
          window.add(newest);
          Sample oldest = oldest(window, now);
          long quarantined = kept - oldest.quarantined();
          long received = Math.max(quarantined, tally.received() - oldest.received());
          if (quarantined >= WORTH_A_WORD && quarantined * 100 >= received * percent) {
            above.put(
                feed,
                "feed "
                    + feed
                    + ": "
                    + quarantined
                    + " of "
                    + received
                    + " messages of the last quarter of an hour are quarantined");
          }
        });
    return above;
  }

  private static Deque<Sample> first(Instant now) {
    return new ArrayDeque<>(java.util.List.of(new Sample(now, 0, 0)));
  }

  private static Sample oldest(Deque<Sample> window, Instant now) {
    Sample oldest = window.getFirst();
    while (oldest.at().isBefore(now.minus(WINDOW))) {
      window.removeFirst();
      oldest = window.getFirst();
    }
    return oldest;
  }
}
