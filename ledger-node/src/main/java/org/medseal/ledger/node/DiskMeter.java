package org.medseal.ledger.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.api.DiskUse;
import org.medseal.ledger.api.DiskUse.Forecast;
import org.medseal.ledger.store.BlockSegments;

/** Measures a home, and how it will grow if the next days are like the last. Any thread. */
final class DiskMeter {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long WINDOW_MS = 7 * DAY_MS;
  private static final long LEAST_MS = Duration.ofHours(1).toMillis();

  /** Below this much of blocks, what other folders hold says nothing about growth. */
  private static final long LEAST_BYTES = 1 << 20;

  private static final long KEPT_MS = 10_000;
  private static final String LEDGER = "ledger";
  private static final String SEGMENTS = "ledger/segments";

  private final Path home;
  private final BlockSegments blocks;
  private final InstantSource clock;
  private Optional<DiskUse> last = Optional.empty();
  private long lastMs;

  DiskMeter(Path home, BlockSegments blocks, InstantSource clock) {
    this.home = home;
    this.blocks = blocks;
    this.clock = clock;
  }

  /** Walks the home at most every ten seconds. */
  synchronized DiskUse measure() {
    long nowMs = clock.millis();
    if (last.isEmpty() || nowMs - lastMs >= KEPT_MS || nowMs < lastMs) {
      last = Optional.of(walk(nowMs));
      lastMs = nowMs;
    }
    return last.get();
  }

  private DiskUse walk(long nowMs) {
    Map<String, Long> parts = new TreeMap<>();
    try {
      Files.walkFileTree(
          home,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              parts.merge(part(home.relativize(file)), attributes.size(), Long::sum);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // removed meanwhile
            }
          });
      long free = Files.getFileStore(home).getUsableSpace();
      return new DiskUse(parts, free, forecast(parts, free, nowMs));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + home, e);
    }
  }

  private static String part(Path file) {
    if (file.getNameCount() == 1) {
      return "files";
    }
    String first = file.getName(0).toString();
    return first.equals(LEDGER) && file.getNameCount() > 2 ? first + "/" + file.getName(1) : first;
  }

  private Optional<Forecast> forecast(Map<String, Long> parts, long free, long nowMs) {
    long segments = parts.getOrDefault(SEGMENTS, 0L);
    if (blocks.height() == 0 || segments < LEAST_BYTES) {
      return Optional.empty();
    }
    long first = firstSince(nowMs - WINDOW_MS);
    long sinceMs = Math.max(nowMs - WINDOW_MS, timeMs(blocks.lowest()));
    long windowMs = Math.max(LEAST_MS, nowMs - sinceMs);
    double share = (double) parts.values().stream().mapToLong(Long::longValue).sum() / segments;
    long perDay = Math.round(share * blocks.bytesSince(first) * DAY_MS / windowMs);
    return Optional.of(
        new Forecast(
            (double) windowMs / DAY_MS, perDay, perDay == 0 ? Long.MAX_VALUE : free / perDay));
  }

  /** The first block at or after that time; one past the newest if there is none. */
  private long firstSince(long time) {
    long low = blocks.lowest();
    long high = blocks.height() + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (timeMs(middle) >= time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long timeMs(long height) {
    return blocks.block(height).orElseThrow().block().header().timeMs();
  }
}
