package org.medseal.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.ledger.journal.JournalFrames.bytes;
import static org.medseal.ledger.journal.JournalFrames.texts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.journal.JournalException.Reason;

/** What is found after files were cut or changed. */
class JournalDamageTest {
  private static final Path FOLDER = Path.of("/journal");
  private static final JournalOptions ONE_FILE = new JournalOptions(1 << 20, 1000);
  private static final JournalOptions SMALL = new JournalOptions(60, 1000);

  @Property(tries = 60)
  void everyCutKeepsExactlyTheWholeFrames(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 40) Integer> sizes) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    List<Integer> ends = new ArrayList<>();
    Journal journal = Journal.open(FOLDER, ONE_FILE, disk);
    for (int size : sizes) {
      journal.append(1, new byte[size]);
      ends.add((int) journal.endPosition() + FileHeader.BYTES);
    }
    journal.sync();
    Path file = onlyFile(disk);
    int whole = disk.content(file).length;
    for (int cut = 0; cut <= whole; cut++) {
      SimulatedDisk copy = disk.afterPowerCut(0);
      truncate(copy, file, cut);
      int kept = (int) ends.stream().filter(wholeUntil(cut)).count();
      try (Journal reopened = Journal.open(FOLDER, ONE_FILE, copy)) {
        assertThat(texts(reopened, 0)).hasSize(kept);
        reopened.append(2, bytes("goes on"));
      }
      try (Journal again = Journal.open(FOLDER, ONE_FILE, copy)) {
        assertThat(texts(again, 0)).hasSize(kept + 1).endsWith("goes on");
      }
    }
  }

  @Test
  void everyFlippedBitOfAClosedJournalIsFatalAndNamedOrHarmless() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    List<String> written = fill(disk, SMALL, 6);
    for (Path file : disk.list(FOLDER)) {
      byte[] content = disk.content(file);
      for (int bit = 0; bit < content.length * 8; bit++) {
        SimulatedDisk copy = disk.afterPowerCut(0);
        overwrite(copy, file, bit / 8, (byte) (content[bit / 8] ^ 1 << bit % 8));
        assertFatalOrComplete(copy, file, written, SMALL);
      }
    }
  }

  @Test
  void aFlippedByteInAnyFrameOfAClosedJournalIsFatal() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    fill(disk, ONE_FILE, 4);
    Path file = onlyFile(disk);
    byte[] content = disk.content(file);
    int mark = content.length - FrameCodec.HEAD_BYTES;
    for (int at = FileHeader.BYTES; at < mark; at++) {
      SimulatedDisk copy = disk.afterPowerCut(0);
      overwrite(copy, file, at, (byte) ~content[at]);
      assertThatThrownBy(() -> Journal.open(FOLDER, ONE_FILE, copy))
          .isInstanceOfSatisfying(
              JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("offset");
    }
  }

  @Test
  void damageToWhatWasSyncedIsFatalEvenWithoutAnOrderlyClose() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, ONE_FILE, disk);
    journal.append(1, bytes("promised"));
    journal.sync();
    journal.append(1, bytes("after the sync"));
    journal.sync();
    SimulatedDisk copy = disk.afterPowerCut(0);
    overwrite(copy, onlyFile(copy), FileHeader.BYTES + FrameCodec.HEAD_BYTES, (byte) 'P');
    assertThatThrownBy(() -> Journal.open(FOLDER, ONE_FILE, copy))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("at offset 20");
  }

  @Test
  void aHoleBeforeALaterFrameOfTheSameUnsyncedGroupIsATornTail() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = Journal.open(FOLDER, ONE_FILE, disk);
    journal.append(1, bytes("promised"));
    journal.sync();
    int hole = (int) journal.endPosition() + FileHeader.BYTES;
    journal.append(1, bytes("page that never reached the disk"));
    journal.append(1, bytes("page that did"));
    SimulatedDisk copy = disk.afterPowerCut(1000);
    for (int at = hole; at < hole + 30; at++) {
      overwrite(copy, onlyFile(copy), at, (byte) 0);
    }
    try (Journal reopened = Journal.open(FOLDER, ONE_FILE, copy)) {
      assertThat(texts(reopened, 0)).containsExactly("promised");
    }
  }

  @Test
  void anEmptyOrHalfWrittenLastFileIsBegunAnew() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    List<String> written = fill(disk, SMALL, 6);
    Path last = disk.list(FOLDER).get(disk.list(FOLDER).size() - 1);
    long end = FileHeader.firstPosition(last).getAsLong();
    List<String> before = written.subList(0, written.size() - framesIn(disk, last));
    for (int cut = 0; cut < FileHeader.BYTES; cut++) {
      SimulatedDisk copy = disk.afterPowerCut(0);
      truncate(copy, last, cut);
      try (Journal journal = Journal.open(FOLDER, SMALL, copy)) {
        assertThat(texts(journal, 0)).isEqualTo(before);
        assertThat(journal.append(1, bytes("x"))).isEqualTo(end);
      }
    }
  }

  @Test
  void aMissingFileInTheMiddleIsFatal() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    fill(disk, SMALL, 6);
    List<Path> files = disk.list(FOLDER);
    assertThat(files).hasSizeGreaterThan(2);
    disk.delete(files.get(1));
    assertThatThrownBy(() -> Journal.open(FOLDER, SMALL, disk))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(files.get(0).toString())
        .hasMessageContaining("next file begins");
  }

  @Test
  void aShortenedFileInTheMiddleIsFatal() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    fill(disk, SMALL, 6);
    Path first = disk.list(FOLDER).get(0);
    truncate(disk, first, disk.content(first).length - 1);
    assertThatThrownBy(() -> Journal.open(FOLDER, SMALL, disk))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(first.toString());
  }

  private static void assertFatalOrComplete(
      SimulatedDisk disk, Path file, List<String> written, JournalOptions options) {
    try (Journal journal = Journal.open(FOLDER, options, disk)) {
      assertThat(texts(journal, 0)).isEqualTo(written);
    } catch (JournalException e) {
      assertThat(e.reason()).isIn(Reason.DAMAGED, Reason.UNSUPPORTED_VERSION);
      assertThat(e).hasMessageContaining(file.toString());
    }
  }

  private static List<String> fill(SimulatedDisk disk, JournalOptions options, int frames) {
    List<String> written = new ArrayList<>();
    try (Journal journal = Journal.open(FOLDER, options, disk)) {
      for (int i = 0; i < frames; i++) {
        written.add("frame number " + i);
        journal.append(1, bytes("frame number " + i));
      }
    }
    return written;
  }

  private static int framesIn(SimulatedDisk disk, Path file) throws IOException {
    long first = FileHeader.firstPosition(file).getAsLong();
    FrameScanner scanner =
        FrameScanner.sequential(disk.open(file), first, disk.content(file).length, SMALL);
    int frames = 0;
    while (!scanner.atEnd()) {
      frames += scanner.next().orElseThrow().type() == FrameCodec.TYPE_CLOSED ? 0 : 1;
    }
    return frames;
  }

  private static java.util.function.Predicate<Integer> wholeUntil(int cut) {
    return end -> end <= cut;
  }

  private static Path onlyFile(SimulatedDisk disk) {
    List<Path> files = disk.list(FOLDER);
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static void truncate(SimulatedDisk disk, Path file, int size) throws IOException {
    try (DiskFile open = disk.open(file)) {
      open.truncate(size);
      open.sync();
    }
  }

  private static void overwrite(SimulatedDisk disk, Path file, int at, byte value)
      throws IOException {
    try (DiskFile open = disk.open(file)) {
      open.write(at, new byte[] {value});
      open.sync();
    }
  }
}
