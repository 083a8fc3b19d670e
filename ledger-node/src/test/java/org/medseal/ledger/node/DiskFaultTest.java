package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.store.LedgerBackup;
import org.medseal.ledger.store.StoreException;

/** What becomes of a node whose disk fails, fills, loses or forgets. */
@Timeout(180)
class DiskFaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void aFailingSyncStopsTheNodeWithItsReason() {
    FaultyDisk disk = new FaultyDisk();
    assertThat(stoppedBy(disk, disk::failSyncs)).contains("Input/output error");
  }

  @Test
  void aFullDiskStopsTheNodeWithItsReason() {
    FaultyDisk disk = new FaultyDisk();
    assertThat(stoppedBy(disk, disk::fill)).contains("No space left on device");
  }

  /** Commits, breaks the disk, and finds everything committed again after a start on a good one. */
  private String stoppedBy(FaultyDisk disk, Runnable fault) {
    try (Cluster cluster = new Cluster(folder, 10)) {
      List<Throwable> heard = new CopyOnWriteArrayList<>();
      List<Hash> sent = new ArrayList<>();
      try (LedgerNode node = LedgerNode.open(cluster.settings(0), cluster.keys(0), disk)) {
        node.onFailure(heard::add);
        node.start();
        for (int i = 0; i < 3; i++) {
          IdentifiedTransaction each = cluster.request(0);
          assertThat(node.submit(each.transaction()).code()).isEqualTo(Verdict.Code.OK);
          sent.add(each.id());
          await().atMost(PATIENCE).until(() -> node.find(each.id()).isPresent());
        }
        fault.run();
        node.submit(cluster.request(0).transaction());
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        assertThat(node.status().step()).isEqualTo("STOPPED");
      }
      LedgerNode again = cluster.start(0);
      assertThat(Cluster.committed(again)).startsWith(sent.toArray(Hash[]::new));
      assertThat(again.silence()).isEmpty();
      return heard.get(0).toString();
    }
  }

  @Test
  void aWipedHomeCatchesUpInSilenceAndSignsAgainAfterQuietBlocks() throws IOException {
    try (Cluster cluster = four()) {
      List<Hash> sent = signedByTheFourth(cluster);
      cluster.stop(3);
      TestFolders.delete(cluster.home(3).resolve("ledger"));
      TestFolders.delete(cluster.home(3).resolve("index"));
      cluster.start(3);
      awaitCommitted(cluster, sent);
      assertSilentThenSigning(cluster, sent);
    }
  }

  @Test
  void aRestoredOldBackupCatchesUpInSilenceAndSignsAgainAfterQuietBlocks() throws IOException {
    try (Cluster cluster = four()) {
      cluster.startAll();
      List<Hash> sent = new ArrayList<>();
      commit(cluster, sent, 2);
      Files.write(cluster.home(3).resolve("genesis.json"), new byte[] {1});
      Path backup = LedgerBackup.write(cluster.home(3), folder.resolve("backup")).file();
      commit(cluster, sent, 2);
      cluster.stop(3);
      TestFolders.delete(cluster.home(3).resolve("ledger"));
      LedgerRestore.restore(cluster.home(3), backup, () -> {});
      cluster.start(3);
      awaitCommitted(cluster, sent);
      assertSilentThenSigning(cluster, sent);
    }
  }

  @Test
  void aDiskSetBackIsNoticedByItsOwnSignatureInABlock() throws IOException {
    try (Cluster cluster = four()) {
      cluster.startAll();
      List<Hash> sent = new ArrayList<>();
      commit(cluster, sent, 1);
      cluster.stop(3);
      Path snapshot = folder.resolve("snapshot");
      copy(cluster.home(3), snapshot);
      cluster.start(3);
      sent.addAll(signedByTheFourth(cluster));
      cluster.stop(3);
      TestFolders.delete(cluster.home(3));
      copy(snapshot, cluster.home(3));
      cluster.start(3);
      awaitCommitted(cluster, sent);
      assertSilentThenSigning(cluster, sent);
    }
  }

  @Test
  void anIndexThatIsDamagedOrOlderIsRebuiltFromTheBlocks() throws IOException {
    try (Cluster cluster = new Cluster(folder, 10)) {
      cluster.start(0);
      List<Hash> sent = new ArrayList<>();
      commit(cluster, sent, 3);
      cluster.stop(0);
      Path index = cluster.home(0).resolve("index");
      Path older = folder.resolve("older-index");
      copy(index, older);
      cluster.start(0);
      commit(cluster, sent, 3);
      Hash root = cluster.node(0).view().stateRoot();
      cluster.stop(0);
      Path whole = folder.resolve("whole-index");
      copy(index, whole);
      TestFolders.delete(index);
      copy(older, index);
      assertWhole(cluster, sent, root);
      long size = Files.size(whole.resolve("ledger.mv.db"));
      for (long at = 0; at < size; at += Math.max(1, size / 6)) {
        TestFolders.delete(index);
        copy(whole, index);
        scratch(index.resolve("ledger.mv.db"), at);
        assertWhole(cluster, sent, root);
      }
    }
  }

  @Test
  void aDamagedSignStateIsNamedAndNothingStarts() throws IOException {
    try (Cluster cluster = new Cluster(folder, 10)) {
      cluster.start(0);
      commit(cluster, new ArrayList<>(), 1);
      cluster.stop(0);
      Path file = cluster.home(0).resolve("ledger").resolve("sign-state");
      byte[] content = Files.readAllBytes(file);
      byte[] bad = content.clone();
      Arrays.fill(bad, (byte) 0x5a);
      Files.write(file, bad);
      assertThatThrownBy(() -> LedgerNode.open(cluster.settings(0), cluster.keys(0)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString());
    }
  }

  private void assertWhole(Cluster cluster, List<Hash> sent, Hash root) {
    LedgerNode node = cluster.start(0);
    assertThat(node.view().stateRoot()).isEqualTo(root);
    sent.forEach(each -> assertThat(node.find(each)).isPresent());
    cluster.stop(0);
  }

  private static void scratch(Path file, long at) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at);
      byte[] noise = new byte[(int) Math.min(4_096, raw.length() - at)];
      Cluster.RANDOM.nextBytes(noise);
      raw.write(noise);
    }
  }

  private Cluster four() {
    return new Cluster(folder, 30, 26, 24, 20);
  }

  /** While the third is away nothing is decided without the fourth: its signature is in a block. */
  private List<Hash> signedByTheFourth(Cluster cluster) {
    if (cluster.running().isEmpty()) {
      cluster.startAll();
    }
    List<Hash> sent = new ArrayList<>();
    commit(cluster, sent, 1);
    cluster.stop(2);
    commit(cluster, sent, 2);
    cluster.start(2);
    awaitCommitted(cluster, sent);
    return sent;
  }

  private void assertSilentThenSigning(Cluster cluster, List<Hash> sent) {
    LedgerNode fourth = cluster.node(3);
    assertThat(fourth.silence()).isPresent();
    for (int i = 0; fourth.silence().isPresent(); i++) {
      assertThat(i).as("blocks until it signs").isLessThan(12);
      commit(cluster, sent, 1);
    }
    cluster.stop(2);
    commit(cluster, sent, 1); // needs its signature
    assertThat(Cluster.committed(fourth)).containsAll(sent).doesNotHaveDuplicates();
  }

  private void commit(Cluster cluster, List<Hash> sent, int count) {
    for (int i = 0; i < count; i++) {
      IdentifiedTransaction each = cluster.request(0);
      assertThat(cluster.node(0).submit(each.transaction()).code()).isEqualTo(Verdict.Code.OK);
      sent.add(each.id());
      awaitCommitted(cluster, List.of(each.id()));
    }
  }

  private static void awaitCommitted(Cluster cluster, List<Hash> ids) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster.running().stream()
                    .allMatch(node -> ids.stream().allMatch(each -> node.find(each).isPresent())));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : tree.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }
}
