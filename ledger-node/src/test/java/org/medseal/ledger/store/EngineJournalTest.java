package org.medseal.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.journal.SimulatedDisk;

class EngineJournalTest {
  private static final Path FOLDER = Path.of("/ledger/log");
  private static final JournalOptions SMALL = new JournalOptions(100, 1000);

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void entriesOfAHeightAreThoseAfterItsStart() {
    EngineJournal log = open(disk);
    write(log, 7, "a", "b");
    write(log, 8, "c");
    assertThat(entries(log, 8)).containsExactly("c");
    assertThat(entries(log, 9)).isEmpty();
  }

  @Test
  void startingAHeightAgainKeepsWhatItHeld() {
    EngineJournal log = open(disk);
    write(log, 7, "a");
    write(log, 7, "b");
    assertThat(entries(log, 7)).containsExactly("a", "b");
  }

  @Test
  void syncedEntriesSurviveAPowerCutAndUnsyncedMayBeMissing() {
    EngineJournal log = open(disk);
    write(log, 7, "a", "b");
    log.sync();
    log.append(bytes("c"));
    assertThat(entries(open(disk.afterPowerCut(0)), 7)).containsExactly("a", "b");
    assertThat(entries(open(disk.afterPowerCut(1000)), 7)).containsExactly("a", "b", "c");
    assertThat(entries(open(disk.afterPowerCut(5)), 7)).containsExactly("a", "b");
  }

  @Test
  void filesOfPastHeightsAreDeletedAndThePresentOneIsWhole() {
    EngineJournal log = open(disk);
    for (int height = 1; height <= 30; height++) {
      write(log, height, "entry one of " + height, "entry two of " + height);
    }
    log.sync();
    assertThat(disk.list(FOLDER)).hasSizeLessThan(5);
    assertThat(entries(open(disk.afterPowerCut(0)), 30))
        .containsExactly("entry one of 30", "entry two of 30");
  }

  private static EngineJournal open(SimulatedDisk disk) {
    return EngineJournal.open(FOLDER, disk, SMALL);
  }

  private static void write(EngineJournal log, long height, String... entries) {
    log.startHeight(height);
    for (String entry : entries) {
      log.append(bytes(entry));
    }
  }

  private static List<String> entries(EngineJournal log, long height) {
    return log.entriesSince(height).stream()
        .map(entry -> new String(entry, StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
