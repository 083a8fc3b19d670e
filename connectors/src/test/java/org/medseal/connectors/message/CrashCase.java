package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.journal.JournalException;

/** The process is killed, or the power cut, at every single call to the disk. */
abstract class CrashCase {
  static final Duration OVER = Duration.ofDays(40);
  static final long SMALL_FILES = 3_000;
  static final MessageLimits ROOM = new MessageLimits(1 << 16, 1000, 1 << 26, 12);

  @TempDir Path folder;

  /** What is done between opening a store on a disk that ends and closing it. */
  interface Work {
    void on(MessageStore store, StoreFixture fixture, CutDisk disk);
  }

  /**
   * What is found afterwards.
   *
   * @param killed what was written is there; else only what was synced
   */
  record End(Path home, boolean killed, String when) {}

  interface Check {
    void of(End end);
  }

  private static StoreFixture fixture(Path home) {
    StoreFixture fixture = new StoreFixture(home);
    fixture.wallMs.addAndGet(OVER.toMillis());
    return fixture;
  }

  static MessageStore open(Path home) {
    return fixture(home).open(ROOM, CutDisk.endless(home), SMALL_FILES);
  }

  /** Before each time that something is cut. */
  void begin() {}

  void cutEverywhere(Path filled, Work work, Check check) throws IOException {
    boolean cut = true;
    int cuts = 0;
    for (int calls = 0; cut; calls++) {
      Path home = folder.resolve("cut-" + calls);
      Path synced = folder.resolve("synced-" + calls);
      copy(filled, home);
      copy(filled, synced);
      begin();
      CutDisk disk = new CutDisk(home, synced, calls);
      StoreFixture fixture = fixture(home);
      try (MessageStore store = fixture.open(ROOM, disk, SMALL_FILES)) {
        work.on(store, fixture, disk);
      } catch (JournalException e) {
        assertThat(disk.isCut()).isTrue();
      }
      cut = disk.isCut();
      cuts += cut ? 1 : 0;
      check.of(new End(home, true, "killed at call " + calls));
      check.of(new End(synced, false, "power cut at call " + calls));
      delete(home);
      delete(synced);
    }
    assertThat(cuts).as("places to be cut at").isGreaterThan(20);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
