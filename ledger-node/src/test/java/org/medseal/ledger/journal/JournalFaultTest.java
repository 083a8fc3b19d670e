package org.medseal.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.ledger.journal.JournalFrames.bytes;
import static org.medseal.ledger.journal.JournalFrames.texts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.ledger.journal.JournalException.Reason;

/** Disks that fail, and power that goes at any moment. */
class JournalFaultTest {
  private static final Path FOLDER = Path.of("/journal");
  private static final JournalOptions SMALL = new JournalOptions(80, 1000);

  @Test
  void aFailedSyncClosesTheJournalForGood() {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, SMALL, disk);
    journal.append(1, bytes("a"));
    failOnce(disk, "sync");
    assertReason(Reason.SYNC_FAILED, journal::sync);
    assertReason(Reason.CLOSED, journal::sync);
    assertReason(Reason.CLOSED, () -> journal.append(1, bytes("b")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 17, 20})
  void aShortWriteClosesTheJournalAndIsCutWhenItIsOpenedAgain(int written) {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, SMALL, disk);
    journal.append(1, bytes("kept"));
    disk.failNextWriteAfter(written);
    assertReason(Reason.WRITE_FAILED, () -> journal.append(1, bytes("half of this")));
    assertReason(Reason.CLOSED, journal::sync);
    try (Journal reopened = Journal.open(FOLDER, SMALL, disk)) {
      assertThat(texts(reopened, 0)).containsExactly("kept");
    }
  }

  /** Its head and its payload are written apart. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aLargeFrameOfWhichAWriteFailedIsCut(int written) {
    JournalOptions large = new JournalOptions(1 << 20, 1 << 20);
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, large, disk);
    String kept = "k".repeat(100_000);
    journal.append(1, bytes(kept));
    journal.sync();
    failFrom(disk, written);
    assertReason(Reason.WRITE_FAILED, () -> journal.append(1, bytes("l".repeat(100_000))));
    disk.hook((operation, file) -> {});
    try (Journal reopened = Journal.open(FOLDER, large, disk)) {
      assertThat(texts(reopened, 0)).containsExactly(kept);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "sync", "syncFolder"})
  void aFailureWhileBeginningANewFileLosesNothingThatWasSynced(String operation) {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, SMALL, disk);
    journal.append(1, new byte[60]);
    journal.sync();
    failOnce(disk, operation);
    assertThatThrownBy(() -> journal.append(1, new byte[60])).isInstanceOf(JournalException.class);
    try (Journal reopened = Journal.open(FOLDER, SMALL, disk.afterPowerCut(0))) {
      assertThat(texts(reopened, 0)).hasSize(1);
    }
  }

  @Property(tries = 300)
  void afterAPowerCutTheSyncedFramesAndNothingInventedAreThere(
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = -1, max = 50) Integer> steps,
      @ForAll @IntRange(max = 200) int unsyncedBytesKept) {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, SMALL, disk);
    List<String> appended = new ArrayList<>();
    int synced = 0;
    for (int step : steps) {
      if (step < 0) {
        journal.sync();
        synced = appended.size();
      } else {
        String text = appended.size() + " " + "x".repeat(step);
        journal.append(1, bytes(text));
        appended.add(text);
      }
    }
    try (Journal reopened = Journal.open(FOLDER, SMALL, disk.afterPowerCut(unsyncedBytesKept))) {
      List<String> found = texts(reopened, 0);
      assertThat(found.size()).isBetween(synced, appended.size());
      assertThat(found).isEqualTo(appended.subList(0, found.size()));
    }
  }

  @Test
  void aPowerCutAtAnyMomentOfDroppingLeavesNoGap() {
    for (int moment = 0; moment < 20; moment++) {
      SimulatedDisk disk = new SimulatedDisk();
      Journal journal = Journal.open(FOLDER, SMALL, disk);
      for (int i = 0; i < 8; i++) {
        journal.append(1, bytes("frame " + i + " " + "x".repeat(60)));
      }
      journal.sync();
      failFrom(disk, moment);
      try {
        journal.dropBefore(Long.MAX_VALUE);
      } catch (JournalException e) {
        assertThat(e.reason()).isEqualTo(Reason.WRITE_FAILED);
      }
      try (Journal reopened = Journal.open(FOLDER, SMALL, disk.afterPowerCut(0))) {
        assertThat(texts(reopened, 0)).isNotEmpty().last().asString().startsWith("frame 7");
      }
    }
  }

  @Test
  void whatIsReadAfterAKilledProcessIsSyncedBeforeItIsUsed() {
    SimulatedDisk disk = new SimulatedDisk();
    Journal killed = Journal.open(FOLDER, SMALL, disk);
    killed.append(1, bytes("in the page cache"));
    failOnce(disk, "sync");
    assertReason(Reason.SYNC_FAILED, killed::sync);
    Journal reopened = Journal.open(FOLDER, SMALL, disk);
    assertThat(texts(reopened, 0)).hasSize(1);
    try (Journal afterPowerCut = Journal.open(FOLDER, SMALL, disk.afterPowerCut(0))) {
      assertThat(texts(afterPowerCut, 0)).hasSize(1);
    }
  }

  private static void failOnce(SimulatedDisk disk, String operation) {
    disk.hook(
        (called, file) -> {
          if (called.equals(operation)) {
            disk.hook((c, f) -> {});
            throw new IOException("injected " + operation);
          }
        });
  }

  private static void failFrom(SimulatedDisk disk, int moment) {
    AtomicInteger calls = new AtomicInteger();
    disk.hook(
        (called, file) -> {
          if (calls.getAndIncrement() >= moment) {
            throw new IOException("injected " + called);
          }
        });
  }

  private static void assertReason(Reason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
