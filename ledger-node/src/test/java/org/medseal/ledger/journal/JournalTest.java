package org.medseal.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.ledger.journal.JournalFrames.bytes;
import static org.medseal.ledger.journal.JournalFrames.reopened;
import static org.medseal.ledger.journal.JournalFrames.texts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.journal.JournalException.Reason;

class JournalTest {
  private static final JournalOptions SMALL = new JournalOptions(60, 100);

  @TempDir Path folder;

  @Test
  void framesComeBackInOrderOverSeveralFilesAndRestarts() throws IOException {
    List<String> written = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      try (Journal journal = Journal.open(folder, SMALL)) {
        for (int i = 0; i < 10; i++) {
          String text = "run " + run + " frame " + i;
          journal.append(1 + i, bytes(text));
          written.add(text);
        }
      }
    }
    assertThat(reopened(folder, SMALL)).isEqualTo(written);
    assertThat(journalFiles()).hasSizeGreaterThan(5);
  }

  @Test
  void positionsOnlyRiseAndReadFindsEachFrame() {
    try (Journal journal = Journal.open(folder, SMALL)) {
      long last = -1;
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long position = journal.append(7, bytes("frame " + i));
        assertThat(position).isGreaterThan(last);
        last = position;
        positions.add(position);
      }
      for (int i = 0; i < 20; i++) {
        Frame frame = journal.read(positions.get(i));
        assertThat(frame.position()).isEqualTo(positions.get(i));
        assertThat(frame.type()).isEqualTo(7);
        assertThat(frame.payload()).isEqualTo(bytes("frame " + i));
      }
      assertThat(texts(journal, positions.get(15))).hasSize(5).startsWith("frame 15");
    }
  }

  @Test
  void emptyPayloadsAndTheHighestTypeAreFrames() {
    try (Journal journal = Journal.open(folder, SMALL)) {
      long position = journal.append(255, new byte[0]);
      assertThat(journal.read(position).type()).isEqualTo(255);
      assertThat(journal.read(position).payload()).isEmpty();
    }
  }

  @Test
  void positionsOutsideTheJournalAreNotFrames() {
    try (Journal journal = Journal.open(folder, SMALL)) {
      journal.append(1, bytes("only"));
      assertReason(Reason.NO_SUCH_FRAME, () -> journal.read(journal.endPosition()));
      assertReason(Reason.NO_SUCH_FRAME, () -> journal.read(-1));
    }
  }

  @Test
  void theMarkOfAnOrderlyCloseIsNotAFrame() {
    long mark;
    try (Journal journal = Journal.open(folder, SMALL)) {
      journal.append(1, bytes("only"));
      mark = journal.endPosition();
    }
    try (Journal journal = Journal.open(folder, SMALL)) {
      assertThat(journal.endPosition()).isGreaterThan(mark);
      assertThatThrownBy(() -> journal.read(mark)).isInstanceOf(JournalException.class);
      assertThat(texts(journal, 0)).containsExactly("only");
    }
  }

  @Test
  void reopeningWithoutAppendingAddsNothing() throws IOException {
    Journal.open(folder, SMALL).close();
    long size = Files.size(journalFiles().get(0));
    Journal.open(folder, SMALL).close();
    assertThat(Files.size(journalFiles().get(0))).isEqualTo(size);
  }

  @Test
  void dropBeforeDeletesWholeFilesAndKeepsPositions() throws IOException {
    long kept;
    try (Journal journal = Journal.open(folder, SMALL)) {
      for (int i = 0; i < 10; i++) {
        journal.append(1, bytes("older " + i));
      }
      kept = journal.append(1, bytes("kept"));
      for (int i = 0; i < 3; i++) {
        journal.append(1, bytes("newer " + i));
      }
      int before = journalFiles().size();
      journal.dropBefore(kept);
      assertThat(journalFiles().size()).isLessThan(before);
      assertThat(journal.firstPosition()).isPositive().isLessThanOrEqualTo(kept);
      assertReason(Reason.NO_SUCH_FRAME, () -> journal.read(0));
    }
    try (Journal journal = Journal.open(folder, SMALL)) {
      assertThat(journal.read(kept).payload()).isEqualTo(bytes("kept"));
      assertThat(texts(journal, 0)).contains("kept", "newer 2").doesNotContain("older 0");
    }
  }

  @Test
  void dropBeforeTheEndKeepsTheFileBeingWritten() throws IOException {
    try (Journal journal = Journal.open(folder, SMALL)) {
      journal.append(1, bytes("a"));
      journal.dropBefore(Long.MAX_VALUE);
      assertThat(texts(journal, 0)).containsExactly("a");
    }
    assertThat(journalFiles()).hasSize(1);
  }

  @Test
  void aSecondInstanceIsRefusedUntilTheFirstCloses() {
    Journal first = Journal.open(folder, SMALL);
    assertReason(Reason.LOCKED, () -> Journal.open(folder, SMALL));
    first.close();
    Journal.open(folder, SMALL).close();
  }

  @Test
  void aFrameAboveTheLimitIsRefusedAndHarmsNothing() {
    try (Journal journal = Journal.open(folder, SMALL)) {
      assertReason(Reason.TOO_LARGE, () -> journal.append(1, new byte[101]));
      journal.append(1, new byte[100]);
    }
    assertThat(reopened(folder, SMALL)).hasSize(1);
  }

  @Test
  void typesOutsideOneByteAreRefused() {
    try (Journal journal = Journal.open(folder, SMALL)) {
      assertThatThrownBy(() -> journal.append(0, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> journal.append(256, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClosedJournalRefusesEverything() {
    Journal journal = Journal.open(folder, SMALL);
    journal.close();
    journal.close();
    assertReason(Reason.CLOSED, () -> journal.append(1, new byte[1]));
    assertReason(Reason.CLOSED, () -> journal.read(0));
    assertReason(Reason.CLOSED, () -> journal.replay(0, (position, type, payload) -> {}));
  }

  @Test
  void anotherFormatVersionIsNamedNotGuessedAt() throws IOException {
    Journal.open(folder, SMALL).close();
    Path file = journalFiles().get(0);
    byte[] content = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(content).putInt(4, 2);
    CRC32C crc = new CRC32C();
    crc.update(content, 0, 16);
    header.putInt(16, (int) crc.getValue());
    Files.write(file, content);
    assertThatThrownBy(() -> Journal.open(folder, SMALL))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_VERSION))
        .hasMessageContaining("version 2");
  }

  @Test
  void anInterruptedThreadStillWrites() {
    try (DurableAppender appender = new DurableAppender(Journal.open(folder, SMALL))) {
      Thread.currentThread().interrupt();
      for (int i = 0; i < 5; i++) {
        appender.append(1, bytes("frame number " + i));
      }
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(reopened(folder, SMALL)).hasSize(5);
  }

  private List<Path> journalFiles() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private static void assertReason(Reason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
