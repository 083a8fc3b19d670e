package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.NodeSettings.Snapshotting;
import org.medseal.ledger.store.LedgerBackup;

/** A node that did not execute the first blocks decides as those that did. */
@Timeout(180)
class SnapshotJoinTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EVERY = 4;
  private static final int NEW = 0;

  @TempDir Path folder;

  /** The new node dials the others; they decide without it. */
  private Cluster threeOfFour() {
    Cluster cluster = new Cluster(folder, 20, 30, 26, 24);
    for (int i = 1; i < 4; i++) {
      cluster.tune(i, each -> each.withSnapshots(new Snapshotting(EVERY, false)));
      cluster.start(i);
    }
    return cluster;
  }

  @Test
  void itJoinsByASnapshotBelowItsCheckpointAndVotes() {
    try (Cluster cluster = threeOfFour()) {
      IdentifiedTransaction open = cluster.request(1);
      IdentifiedTransaction closed = cluster.request(2);
      commit(cluster, open);
      commit(cluster, closed);
      Action.AccessDecision first =
          new Action.AccessDecision(closed.id(), false, Bytes.of(new byte[300]));
      commit(cluster, cluster.signed(NEW, first));
      grow(cluster, 3 * EVERY + 1);
      long checkpoint = cluster.node(1).view().height();
      LedgerNode joined = join(cluster, checkpoint);

      commit(cluster, cluster.request(1));
      assertThat(joined.view().stateRoot()).isEqualTo(cluster.node(1).view().stateRoot());
      assertThat(joined.view().accesses()).isEqualTo(cluster.node(1).view().accesses());

      assertThat(joined.submit(open.transaction()).isOk()).as("is committed already").isFalse();
      Action.AccessDecision again =
          new Action.AccessDecision(closed.id(), true, Bytes.of(new byte[300]));
      IdentifiedTransaction second = cluster.signed(NEW, again);
      assertThat(joined.submit(second.transaction()))
          .isEqualTo(cluster.node(1).submit(second.transaction()));
      commit(
          cluster,
          cluster.signed(
              NEW, new Action.AccessDecision(open.id(), false, Bytes.of(new byte[300]))));
      assertThat(joined.view().access(open.id()).orElseThrow().decision()).isPresent();

      flowUntil(cluster, () -> signs(cluster.node(1), "hospital-1"));
      assertThat(joined.silence()).isEmpty();
      cluster.stop(3); // nothing is decided without the new one now
      commit(cluster, cluster.request(2));
      assertThat(joined.view().stateRoot()).isEqualTo(cluster.node(1).view().stateRoot());
    }
  }

  @Test
  void itJoinsAboveAnOlderCheckpointAndFetchesWhatWasBefore() throws Exception {
    try (Cluster cluster = threeOfFour()) {
      Hash early = commit(cluster, cluster.request(1));
      grow(cluster, 3 * EVERY + 1);
      LedgerNode joined = join(cluster, 2);
      eventually(() -> joined.block(1).isPresent());
      assertThat(joined.find(early).orElseThrow().height()).isEqualTo(1);
      assertThat(joined.status().waiting().warnings().toString()).doesNotContain("snapshot");
      assertThat(joined.audit().inclusionProof(early, OptionalLong.empty())).isNotEmpty();

      commit(cluster, cluster.request(1)); // in a segment, above the older ones

      cluster.stop(NEW);
      Path backup = folder.resolve("backup");
      long height = LedgerBackup.write(withGenesis(cluster), backup).height();
      VerificationReport report = LedgerVerification.verify(cluster.home(NEW), cluster.genesis());
      assertThat(report.difference()).isEmpty();
      assertThat(report.height()).isEqualTo(height).isGreaterThan(3L * EVERY);

      TestFolders.delete(cluster.home(NEW).resolve("index"));
      cluster.start(NEW);
      assertThat(cluster.node(NEW).find(early)).isPresent();
      commit(cluster, cluster.request(2));
      assertThat(cluster.node(NEW).view().stateRoot())
          .isEqualTo(cluster.node(1).view().stateRoot());
    }
  }

  @Test
  void aHomeThatHoldsBlocksAlreadyDoesNotJoinAgain() {
    try (Cluster cluster = threeOfFour()) {
      grow(cluster, 2 * EVERY + 1);
      join(cluster, cluster.node(1).view().height());
      cluster.stop(NEW);
      commitOn(cluster, List.of(cluster.node(1)), cluster.request(1));
      LedgerNode again = cluster.start(NEW);
      commit(cluster, cluster.request(1));
      assertThat(again.view().stateRoot()).isEqualTo(cluster.node(1).view().stateRoot());
    }
  }

  @Test
  void anIndexLeftFromAnEarlierLifeGivesWayToTheSnapshots() throws Exception {
    try (Cluster cluster = threeOfFour()) {
      cluster.start(NEW);
      Hash early = commit(cluster, cluster.request(1));
      cluster.stop(NEW);
      TestFolders.delete(cluster.home(NEW).resolve("ledger"));
      assertThat(cluster.home(NEW).resolve("index")).isNotEmptyDirectory();

      grow(cluster, 2 * EVERY + 1);
      LedgerNode joined = join(cluster, cluster.node(1).view().height());
      assertThat(joined.find(early).orElseThrow().height()).isEqualTo(1);
      commit(cluster, cluster.request(1));
      assertThat(joined.view().stateRoot()).isEqualTo(cluster.node(1).view().stateRoot());
    }
  }

  private static Path withGenesis(Cluster cluster) throws Exception {
    Files.writeString(cluster.home(NEW).resolve("genesis.json"), "{}");
    return cluster.home(NEW);
  }

  private static LedgerNode join(Cluster cluster, long height) {
    StoredBlock block = cluster.node(1).stored(height).orElseThrow();
    Checkpoint checkpoint = new Checkpoint(height, block.certificate().blockId());
    cluster.tune(
        NEW, each -> each.withCheckpoint(checkpoint).withSnapshots(new Snapshotting(EVERY, true)));
    LedgerNode joined = cluster.start(NEW);
    Path base = cluster.home(NEW).resolve("ledger/joined/base");
    assertThat(base).as("it did join by a snapshot").exists();
    assertThat(joined.silence()).as("its key may have signed in an earlier life").isPresent();
    return joined;
  }

  /** Until there are so many blocks, and a snapshot of the last edge but none beyond. */
  private static void grow(Cluster cluster, long height) {
    while (cluster.node(1).view().height() < height) {
      commit(cluster, cluster.request(1));
    }
    long edge = height / EVERY * EVERY;
    for (int i = 1; i < 4; i++) {
      Path snapshot =
          cluster.home(i).resolve(String.format("ledger/snapshots/%020d.snapshot", edge));
      eventually(() -> Files.exists(snapshot));
    }
  }

  private static Hash commit(Cluster cluster, IdentifiedTransaction transaction) {
    return commitOn(cluster, cluster.running(), transaction);
  }

  private static Hash commitOn(
      Cluster cluster, List<LedgerNode> nodes, IdentifiedTransaction transaction) {
    assertThat(cluster.node(1).submit(transaction.transaction()).isOk()).isTrue();
    eventually(() -> nodes.stream().allMatch(each -> each.find(transaction.id()).isPresent()));
    return transaction.id();
  }

  private static void flowUntil(Cluster cluster, BooleanSupplier reached) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      commit(cluster, cluster.request(1));
    }
  }

  private static boolean signs(LedgerNode node, String institution) {
    Optional<StoredBlock> newest = node.stored(node.view().height());
    int index =
        node.view().validators().validators().stream()
            .filter(each -> each.institution().equals(institution))
            .findFirst()
            .orElseThrow()
            .index();
    return newest.orElseThrow().certificate().signatures().stream()
        .anyMatch(each -> each.validator() == index);
  }

  private static void eventually(BooleanSupplier reached) {
    await().atMost(PATIENCE).until(reached::getAsBoolean);
  }
}
