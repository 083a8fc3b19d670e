package org.medseal.connectors.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that could not be read, by path, in memory only. From any thread. */
public final class FileAttempts {
  /** So often at least is tried to read a file. */
  static final int MAX_ATTEMPTS = 5;

  /** And for so long at least: a file server that hiccups is back by then. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MAX_REMEMBERED = 10_000;

  private final InstantSource clock;
  private final Map<Path, Failing> failing = new ConcurrentHashMap<>();

  private record Failing(Instant since, int times) {}

  public FileAttempts(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes a failure; true when there were enough for long enough. */
  boolean failed(Path path) {
    if (failing.size() >= MAX_REMEMBERED && !failing.containsKey(path)) {
      failing.clear();
    }
    Instant now = clock.instant();
    Failing noted =
        failing.merge(
            path,
            new Failing(now, 1),
            (before, one) -> new Failing(before.since, before.times + 1));
    return noted.times >= MAX_ATTEMPTS && !now.isBefore(noted.since.plus(PATIENCE));
  }

  /** The path names no failing file any more. */
  void forget(Path path) {
    failing.remove(path);
  }
}
