package org.medseal.connectors.message;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Received messages by feed, in order of arrival. Guarded by the store's lock. */
final class WorkQueue {
  /** How far behind a busy or delayed patient another one is looked for. */
  private static final int LOOK_AHEAD = 1024;

  private final TreeMap<String, OrderedEntries> feeds = new TreeMap<>();
  private String lastServed = "";
  private long tokens;

  void add(Entry entry) {
    feeds.computeIfAbsent(entry.feed.name(), any -> OrderedEntries.byOrder()).add(entry);
  }

  void remove(Entry entry) {
    OrderedEntries feed = feeds.get(entry.feed.name());
    if (feed != null) {
      feed.remove(entry);
      if (feed.isEmpty()) {
        feeds.remove(entry.feed.name());
      }
    }
    if (!entry.isUntouched()) {
      entry.change().leaseToken = 0;
      entry.change().leasedUntilMs = 0;
    }
  }

  /** Marks and returns the next message nobody holds; feeds take turns. */
  Optional<Entry> lease(Optional<String> onlyFeed, long nowMs, long untilMs) {
    Optional<Entry> found = onlyFeed.isPresent() ? of(onlyFeed.get(), nowMs) : inTurn(nowMs);
    found.ifPresent(
        entry -> {
          Course course = entry.change();
          course.leaseToken = ++tokens;
          course.leasedUntilMs = untilMs;
          course.attempts++;
          lastServed = entry.feed.name();
        });
    return found;
  }

  private Optional<Entry> inTurn(long nowMs) {
    return Stream.concat(
            feeds.tailMap(lastServed, false).keySet().stream(),
            feeds.headMap(lastServed, true).keySet().stream())
        .map(feed -> of(feed, nowMs))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Entry> of(String feed, long nowMs) {
    OrderedEntries queue = feeds.get(feed);
    if (queue == null) {
      return Optional.empty();
    }
    Set<Long> busy = new HashSet<>();
    int seen = 0;
    for (Entry entry : queue.all()) {
      long lane = entry.lane;
      boolean first = busy.isEmpty();
      if (lane == Lanes.BARRIER ? first : !busy.contains(lane)) {
        if (isReady(entry, nowMs)) {
          return Optional.of(entry);
        }
      }
      if (isOutOfTurn(entry, nowMs)) {
        continue;
      }
      busy.add(lane);
      if (lane == Lanes.BARRIER || ++seen >= LOOK_AHEAD) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Put back by hand and not finished at once: the others have long gone past it. */
  private static boolean isOutOfTurn(Entry entry, long nowMs) {
    Course course = entry.course();
    return course.putBack && (course.attempts > 1 || course.notBeforeMs > nowMs);
  }

  private static boolean isReady(Entry entry, long nowMs) {
    Course course = entry.course();
    return !course.moving
        && course.notBeforeMs <= nowMs
        && (course.leaseToken == 0 || course.leasedUntilMs <= nowMs);
  }
}
