package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.api.DiskUse;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.store.BlockSegments;

class DiskMeterTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long START_MS = 1_700_000_000_000L;
  private static final int NOTE_BYTES = 60 << 10;

  @TempDir Path home;
  private long nowMs = START_MS;

  @Test
  void partsAreTheFoldersOfTheHomeAndTheLedgersOwnOneByOne() throws IOException {
    write("index/index.mv.db", 3_000);
    write("inbox/1.journal", 500);
    write("ledger/log/1.journal", 700);
    write("ledger/sign-state", 50);
    write("genesis.json", 40);
    try (BlockSegments blocks = blocks()) {
      DiskUse use = meter(blocks).measure();
      assertThat(use.parts())
          .containsEntry("index", 3_000L)
          .containsEntry("inbox", 500L)
          .containsEntry("ledger/log", 700L)
          .containsEntry("ledger", 50L)
          .containsEntry("files", 40L);
      assertThat(use.forecast()).isEmpty();
    }
  }

  @Test
  void growthIsThatOfTheBlocksOfTheLastSevenDaysAndWhatStandsBesideThem() throws IOException {
    try (BlockSegments blocks = blocks()) {
      long each = 0;
      for (int day = 1; day <= 30; day++) { // a block a day
        long before = blocks.bytesSince(1);
        append(blocks, day, START_MS + day * DAY_MS);
        each = blocks.bytesSince(1) - before;
      }
      nowMs = START_MS + 30 * DAY_MS + 1;
      DiskUse.Forecast plain = meter(blocks).measure().forecast().orElseThrow();
      assertThat(plain.overDays()).isEqualTo(7);
      assertThat(plain.bytesPerDay()).isBetween(each * 99 / 100, each * 101 / 100);
      assertThat(plain.daysUntilFull()).isPositive();
      write("index/index.mv.db", (int) blocks.bytesSince(1));
      long doubled = meter(blocks).measure().forecast().orElseThrow().bytesPerDay();
      assertThat(doubled).isBetween(each * 198 / 100, each * 202 / 100);
    }
  }

  @Test
  void nothingGrowsOnceNothingCame() {
    try (BlockSegments blocks = blocks()) {
      for (int i = 1; i <= 20; i++) {
        append(blocks, i, START_MS + i);
      }
      nowMs = START_MS + 30 * DAY_MS;
      DiskUse.Forecast forecast = meter(blocks).measure().forecast().orElseThrow();
      assertThat(forecast.bytesPerDay()).isZero();
      assertThat(forecast.daysUntilFull()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void theHomeIsNotWalkedAgainWithinTenSeconds() throws IOException {
    try (BlockSegments blocks = blocks()) {
      DiskMeter meter = meter(blocks);
      assertThat(meter.measure().parts()).doesNotContainKey("inbox");
      write("inbox/1.journal", 500);
      nowMs += 9_999;
      assertThat(meter.measure().parts()).doesNotContainKey("inbox");
      nowMs += 1;
      assertThat(meter.measure().parts()).containsEntry("inbox", 500L);
    }
  }

  private BlockSegments blocks() {
    return BlockSegments.open(home.resolve("ledger/segments"), Disk.real());
  }

  private DiskMeter meter(BlockSegments blocks) {
    InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    return new DiskMeter(home, blocks, clock);
  }

  private void write(String file, int bytes) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[bytes]);
  }

  private static void append(BlockSegments blocks, long height, long timeMs) {
    BlockHeader header =
        new BlockHeader(
            BlockHeader.VERSION,
            "chain",
            height,
            timeMs,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            0);
    blocks.append(
        new StoredBlock(
            new Block(header, List.of(), Optional.empty(), List.of()),
            new CommitCertificate(height, 0, Hash.ZERO, List.of())),
        Bytes.of(new byte[NOTE_BYTES]));
  }
}
