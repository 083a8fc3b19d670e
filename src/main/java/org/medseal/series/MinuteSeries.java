package org.medseal.series;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medseal.connectors.message.FeedTally;

/**
 * A ring of the last day's minutes, lost with the process: a restart leaves a gap, never a made-up
 * number. From any thread.
 */
public final class MinuteSeries {
  /** A day, and the minute that runs. */
  private static final int MINUTES = 24 * 60 + 1;

  /** A block so much older than now was decided long ago. */
  private static final long CATCHING_UP_MS = 60_000;

  private final InstantSource clock;
  private final MinuteRing<Counted> ring = new MinuteRing<>(MINUTES, Counted::new);
  private Map<String, FeedTally> last = Map.of();
  private long lastBlockMs = Long.MIN_VALUE;
  private boolean idleSince = true;

  /** Of one minute. Guarded by the series. */
  private static final class Counted {
    private final Map<String, FeedCounts> feeds = new HashMap<>();
    private final Delays latency = new Delays();
    private final Delays interval = new Delays();
    private long queue;
    private long pending;
    private long commits;
    private long blocks;
    private long transactions;
  }

  private record FeedCounts(long received, long duplicates, long committed, long quarantined) {
    private static final FeedCounts NONE = new FeedCounts(0, 0, 0, 0);

    static FeedCounts of(FeedTally tally) {
      return new FeedCounts(
          tally.received(),
          tally.duplicates(),
          tally.committed(),
          tally.quarantined().values().stream().mapToLong(Long::longValue).sum());
    }

    FeedCounts plus(FeedCounts other) {
      return new FeedCounts(
          received + other.received,
          duplicates + other.duplicates,
          committed + other.committed,
          quarantined + other.quarantined);
    }

    /** Never less than nothing. */
    FeedCounts since(FeedCounts before) {
      return new FeedCounts(
          Math.max(0, received - before.received),
          Math.max(0, duplicates - before.duplicates),
          Math.max(0, committed - before.committed),
          Math.max(0, quarantined - before.quarantined));
    }
  }

  public MinuteSeries(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What there is to see at one moment; the first look takes the tallies as they stand.
   *
   * @param queue messages received and not yet committed
   * @param pending transactions the node holds for a block
   */
  public synchronized void look(Map<String, FeedTally> tallies, long queue, long pending) {
    Counted now = ring.at(clock.instant());
    tallies.forEach(
        (feed, tally) -> {
          FeedTally before = last.get(feed);
          FeedCounts old = before == null ? FeedCounts.NONE : FeedCounts.of(before);
          now.feeds.merge(feed, FeedCounts.of(tally).since(old), FeedCounts::plus);
        });
    last = Map.copyOf(tallies);
    now.queue = Math.max(now.queue, queue);
    now.pending = Math.max(now.pending, pending);
    idleSince |= pending == 0;
  }

  /** An own record stands in a block, so long after its message was received. */
  public synchronized void committed(long latencyMs) {
    Counted now = ring.at(clock.instant());
    now.commits++;
    now.latency.add(latencyMs);
  }

  /** The same of a message that was put back by hand: its age says nothing of the ledger. */
  public synchronized void committedLate() {
    ring.at(clock.instant()).commits++;
  }

  /** A block of that time on the ledger's clock; blocks come in order. */
  public synchronized void block(long timeMs, int transactions) {
    Counted now = ring.at(clock.instant());
    now.blocks++;
    now.transactions += transactions;
    if (!idleSince && isNew(timeMs)) {
      now.interval.add(timeMs - lastBlockMs);
    }
    lastBlockMs = timeMs;
    idleSince = false;
  }

  /** Not one of those that a node fetches which was away. */
  private boolean isNew(long timeMs) {
    return clock.millis() - timeMs < CATCHING_UP_MS;
  }

  /**
   * Whole minutes within the last so many, oldest first; those in which nobody looked are missing.
   */
  public synchronized List<FeedMinute> feed(String feed, int minutes) {
    return ring.whole(minutes, clock.instant()).stream()
        .map(
            minute -> {
              FeedCounts of = minute.content().feeds.getOrDefault(feed, FeedCounts.NONE);
              return new FeedMinute(
                  minute.at(), of.received(), of.duplicates(), of.committed(), of.quarantined());
            })
        .toList();
  }

  /** The same of the way to the ledger. */
  public synchronized List<LedgerMinute> ledger(int minutes) {
    return ring.whole(minutes, clock.instant()).stream()
        .map(minute -> of(minute.at(), minute.content()))
        .toList();
  }

  private static LedgerMinute of(Instant at, Counted counted) {
    return new LedgerMinute(
        at,
        counted.queue,
        counted.pending,
        counted.commits,
        LedgerMinute.Spread.of(counted.latency),
        counted.blocks,
        counted.transactions,
        LedgerMinute.Spread.of(counted.interval));
  }
}
