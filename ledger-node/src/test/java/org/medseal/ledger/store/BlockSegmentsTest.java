package org.medseal.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.journal.SimulatedDisk;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Hash;

class BlockSegmentsTest {
  private static final Path FOLDER = Path.of("/ledger/segments");
  private static final int FILE_HEADER_BYTES = 20;
  private static final JournalOptions SMALL = new JournalOptions(2_000, 100_000);

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void blocksComeBackByHeightOverSeveralSegmentsAndRestarts() {
    BlockSegments segments = filled(disk, 20);
    assertThat(disk.list(FOLDER)).hasSizeGreaterThan(3);
    for (BlockSegments each : List.of(segments, open(disk.afterPowerCut(0)))) {
      assertThat(each.height()).isEqualTo(20);
      for (int height = 1; height <= 20; height++) {
        assertThat(each.block(height)).hasValue(stored(height));
        assertThat(each.outcome(height)).hasValue(outcome(height));
      }
      assertThat(each.block(0)).isEmpty();
      assertThat(each.block(21)).isEmpty();
      assertThat(each.outcome(21)).isEmpty();
    }
  }

  @Test
  void anAppendedBlockSurvivesAPowerCut() {
    BlockSegments segments = open(disk);
    for (int height = 1; height <= 5; height++) {
      segments.append(stored(height), outcome(height));
      assertThat(open(disk.afterPowerCut(0)).height()).isEqualTo(height);
    }
  }

  @Test
  void heightsComeInOrder() {
    BlockSegments segments = filled(disk, 2);
    for (int height : new int[] {1, 2, 4}) {
      assertThatThrownBy(() -> segments.append(stored(height), outcome(height)))
          .isInstanceOf(StoreException.class);
    }
    assertThat(segments.height()).isEqualTo(2);
  }

  @Test
  void aFlippedByteInAnOldSegmentStopsTheStart() throws IOException {
    filled(disk, 20);
    Path first = disk.list(FOLDER).get(0);
    byte[] content = disk.content(first);
    for (int at = 0; at < content.length; at += 7) {
      SimulatedDisk copy = disk.afterPowerCut(0);
      try (DiskFile file = copy.open(first)) {
        file.write(at, new byte[] {(byte) ~content[at]});
      }
      assertThatThrownBy(() -> open(copy))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(first.toString());
    }
  }

  @Test
  void aLaterStartReadsOnlyTheLastSegmentAndFindsEveryBlock() {
    filled(disk, 200).close();
    open(disk).close();
    CountingDisk counting = new CountingDisk(disk);
    BlockSegments segments = BlockSegments.open(FOLDER, counting, SMALL);
    assertThat(segments.height()).isEqualTo(200);
    assertThat(counting.journalBytes)
        .as("headers, and twice the last segment")
        .isLessThan(200 * 100 + 3 * 2_000);
    for (int height = 1; height <= 200; height++) {
      assertThat(segments.block(height)).hasValue(stored(height));
    }
  }

  @Test
  void aFlippedByteInANotedSegmentIsNamedWhenItsBlockIsReadAndByTheWalk() throws IOException {
    filled(disk, 20).close();
    open(disk).close();
    Path first = disk.list(FOLDER).stream().filter(this::isSegment).sorted().findFirst().get();
    byte[] content = disk.content(first);
    for (int at = FILE_HEADER_BYTES; at < content.length; at += 13) {
      SimulatedDisk copy = disk.afterPowerCut(0);
      try (DiskFile file = copy.open(first)) {
        file.write(at, new byte[] {(byte) ~content[at]});
      }
      BlockSegments segments = open(copy);
      assertThatThrownBy(() -> readAll(segments))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(first.toString())
          .hasMessageContaining("at offset");
      assertThatThrownBy(() -> BlockSegments.walkFrames(FOLDER, copy, frame -> {}))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(first.toString());
    }
  }

  @Test
  void whateverHappensToTheNotesTheBlocksAreFound() throws IOException {
    filled(disk, 20).close();
    open(disk).close();
    Path notes = disk.list(FOLDER).stream().filter(each -> !isSegment(each)).findFirst().get();
    byte[] content = disk.content(notes);
    for (int at = 0; at < content.length; at++) {
      SimulatedDisk copy = disk.afterPowerCut(0);
      try (DiskFile file = copy.open(notes)) {
        if (at % 2 == 0) {
          file.truncate(at);
        } else {
          file.write(at, new byte[] {(byte) ~content[at]});
        }
      }
      BlockSegments segments = open(copy);
      readAll(segments);
      assertThat(segments.height()).isEqualTo(20);
    }
  }

  private boolean isSegment(Path file) {
    return file.toString().endsWith(".journal");
  }

  private static void readAll(BlockSegments segments) {
    for (int height = 1; height <= segments.height(); height++) {
      assertThat(segments.block(height)).hasValue(stored(height));
    }
  }

  private static BlockSegments open(SimulatedDisk disk) {
    return BlockSegments.open(FOLDER, disk, SMALL);
  }

  private static BlockSegments filled(SimulatedDisk disk, int blocks) {
    BlockSegments segments = open(disk);
    for (int height = 1; height <= blocks; height++) {
      segments.append(stored(height), outcome(height));
    }
    return segments;
  }

  private static Bytes outcome(int height) {
    return Bytes.of(new byte[height]);
  }

  private static StoredBlock stored(int height) {
    Hash hash =
        Hash.of(
            new byte[] {
              (byte) height,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0
            });
    BlockHeader header =
        new BlockHeader(
            1,
            "chain",
            height,
            1000L + height,
            hash,
            hash,
            hash,
            hash,
            hash,
            hash,
            hash,
            hash,
            hash,
            hash,
            hash,
            0);
    CommitCertificate certificate =
        new CommitCertificate(
            height, 0, hash, List.of(new CommitSignature(1, Bytes.of(new byte[64]))));
    return new StoredBlock(
        new Block(header, List.of(), Optional.of(certificate), List.of()), certificate);
  }
}
