package org.medseal.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.snapshot.Snapshot.Run;

/** What is damaged among the optional snapshots costs a snapshot, never the node's start. */
class SnapshotFolderTest {
  private static final Bytes LOOKUP = Bytes.fromHex("0102030405");
  private static final List<Bytes> RUN = Collections.nCopies(Lookups.RUN, LOOKUP);

  @TempDir Path home;

  /** The second holds one run more than the first. */
  @BeforeEach
  void makeTwo() throws IOException {
    SnapshotFolder folder = SnapshotFolder.open(home, Disk.real());
    long first = folder.lookupFile().append(0, RUN);
    long second = folder.lookupFile().append(first, RUN);
    Run one = new Run(Lookups.root(RUN), first);
    folder.add(new Snapshot(10, LOOKUP, List.of(one), List.of()));
    folder.add(new Snapshot(20, LOOKUP, List.of(one, new Run(one.root(), second)), List.of()));
  }

  @Test
  void aChangedByteInTheNewestLeavesTheOneBefore() throws IOException {
    change(20);
    assertThat(SnapshotFolder.open(home, Disk.real(), 10).heights()).containsExactly(10L);
    assertThat(file(20)).doesNotExist();
    change(10);
    assertThat(SnapshotFolder.open(home, Disk.real()).heights()).isEmpty();
    assertThat(home.resolve("lookups")).isEmptyFile();
  }

  @Test
  void lookUpsThatEndEarlyTakeWithThemOnlyWhatNeedsThem() throws IOException {
    Path lookups = home.resolve("lookups");
    byte[] all = Files.readAllBytes(lookups);
    Files.write(lookups, Arrays.copyOf(all, all.length - 1));
    SnapshotFolder folder = SnapshotFolder.open(home, Disk.real());
    assertThat(folder.heights()).containsExactly(10L);
    assertThat(folder.run(folder.newest().orElseThrow(), 0)).isEqualTo(RUN);
    Files.delete(lookups);
    assertThat(SnapshotFolder.open(home, Disk.real()).heights()).isEmpty();
  }

  @Test
  void aPartOfARunIsReadOnlyAsFarAsItFits() {
    SnapshotFolder folder = SnapshotFolder.open(home, Disk.real());
    Snapshot newest = folder.newest().orElseThrow();
    assertThat(folder.part(newest, 1, 250, 1_000)).isEqualTo(RUN.subList(0, 6));
    assertThat(folder.part(newest, 0, 0, 3 * 9 + 8)).isEqualTo(RUN.subList(0, 3));
    assertThat(folder.part(newest, 0, 0, 8)).isEmpty();
  }

  @Test
  void theOneTheNodeJoinedByIsNeverDeleted() throws IOException {
    change(20);
    change(10);
    assertThatExceptionOfType(SnapshotException.class)
        .isThrownBy(() -> SnapshotFolder.open(home, Disk.real(), 10))
        .withMessageContaining(file(10).getFileName().toString());
    assertThat(file(10)).exists();
  }

  private Path file(long height) {
    return home.resolve(String.format("%020d.snapshot", height));
  }

  private void change(long height) throws IOException {
    byte[] bytes = Files.readAllBytes(file(height));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(height), bytes);
  }
}
