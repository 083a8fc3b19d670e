package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.net.NetException;
import org.medseal.ledger.store.StoreException;

@Timeout(120)
class LedgerNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Cluster four() {
    return new Cluster(folder, 30, 26, 24, 20);
  }

  @Test
  void transactionsCommitOnAllFourNodesExactlyOnceInOneOrder() {
    try (Cluster cluster = four()) {
      cluster.startAll();
      List<Hash> sent = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        sent.add(submit(cluster, i % 4, cluster.request(i % 4)));
      }
      awaitCommitted(cluster, sent);
      List<Hash> order = Cluster.committed(cluster.node(0));
      assertThat(order).containsExactlyInAnyOrderElementsOf(sent);
      for (LedgerNode node : cluster.running()) {
        assertThat(Cluster.committed(node)).isEqualTo(order);
        assertThat(node.find(sent.get(0)).orElseThrow().height()).isPositive();
      }
    }
  }

  @Test
  void aTransactionSentTwiceAndToTwoNodesIsCommittedOnce() {
    try (Cluster cluster = four()) {
      cluster.startAll();
      IdentifiedTransaction transaction = cluster.request(0);
      submit(cluster, 0, transaction);
      assertThat(cluster.node(0).submit(transaction.transaction()).code())
          .isIn(Verdict.Code.OK, Verdict.Code.ALREADY_COMMITTED);
      cluster.node(1).submit(transaction.transaction());
      awaitCommitted(cluster, List.of(transaction.id()));
      assertThat(cluster.node(2).submit(transaction.transaction()).code())
          .isEqualTo(Verdict.Code.ALREADY_COMMITTED);
      Hash later = submit(cluster, 1, cluster.request(1));
      awaitCommitted(cluster, List.of(later));
      assertThat(Cluster.committed(cluster.node(3))).containsExactly(transaction.id(), later);
    }
  }

  @Test
  void threeGoOnWithoutTheFourthWhichCatchesUp() {
    try (Cluster cluster = four()) {
      cluster.startAll();
      awaitCommitted(cluster, List.of(submit(cluster, 0, cluster.request(0))));
      cluster.stop(3);
      List<Hash> meanwhile = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        meanwhile.add(submit(cluster, i % 3, cluster.request(i % 3)));
        awaitCommitted(cluster, meanwhile);
      }
      cluster.start(3);
      awaitCommitted(cluster, meanwhile);
      awaitCommitted(cluster, List.of(submit(cluster, 3, cluster.request(3))));
      assertThat(Cluster.committed(cluster.node(3))).isEqualTo(Cluster.committed(cluster.node(0)));
      assertThat(cluster.node(3).view().stateRoot()).isEqualTo(cluster.node(0).view().stateRoot());
    }
  }

  @Test
  void aRestartOfAllFourContinuesAtTheSameHeight() {
    try (Cluster cluster = four()) {
      cluster.startAll();
      List<Hash> sent = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        sent.add(submit(cluster, i, cluster.request(i)));
      }
      awaitCommitted(cluster, sent);
      cluster.stopAll();
      cluster.startAll();
      awaitCommitted(cluster, sent);
      long height = cluster.node(0).view().height();
      Hash tip = cluster.node(0).status().blockId();
      Hash next = submit(cluster, 2, cluster.request(2));
      awaitCommitted(cluster, List.of(next));
      assertThat(cluster.node(1).block(height + 1).orElseThrow().header().parent()).isEqualTo(tip);
      assertThat(Cluster.committed(cluster.node(3)))
          .containsAll(sent)
          .endsWith(next)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aNodeWithoutItsIndexRebuildsItFromTheBlocks() {
    try (Cluster cluster = new Cluster(folder, 10)) {
      cluster.start(0);
      Hash id = submit(cluster, 0, cluster.request(0));
      awaitCommitted(cluster, List.of(id));
      Hash root = cluster.node(0).view().stateRoot();
      cluster.stop(0);
      TestFolders.delete(cluster.home(0).resolve("index"));
      cluster.start(0);
      assertThat(cluster.node(0).find(id)).isPresent();
      assertThat(cluster.node(0).view().stateRoot()).isEqualTo(root);
    }
  }

  @Test
  void listenersHearOfEveryBlockInOrderFromTheHeightTheyName() throws Exception {
    try (Cluster cluster = new Cluster(folder, 10)) {
      LedgerNode node = cluster.start(0);
      for (int i = 0; i < 3; i++) {
        awaitCommitted(cluster, List.of(submit(cluster, 0, cluster.request(0))));
      }
      List<Long> heard = new CopyOnWriteArrayList<>();
      List<CommittedBlock> retold = new CopyOnWriteArrayList<>();
      AutoCloseable first = node.onBlock(2, block -> heard.add(block.height()));
      AutoCloseable second = node.onBlock(1, block -> failFirst(retold, block));
      Hash last = submit(cluster, 0, cluster.request(0));
      awaitCommitted(cluster, List.of(last));
      long height = node.view().height();
      await().atMost(PATIENCE).until(() -> heard.contains(height));
      await().atMost(PATIENCE).until(() -> retold.size() == height + 1);
      first.close();
      second.close();
      assertThat(heard.get(0)).isEqualTo(2L);
      assertThat(heard).isSorted().doesNotHaveDuplicates().hasSize((int) height - 1);
      assertThat(retold.get(1).height()).isEqualTo(1);
      assertThat(retold.get((int) height).transactions().get(0).id()).isEqualTo(last);
    }
  }

  private static void failFirst(List<CommittedBlock> heard, CommittedBlock block) {
    heard.add(block);
    if (heard.size() == 1) {
      throw new IllegalStateException("not ready yet");
    }
  }

  @Test
  void aTakenPortFailsTheStartWithOneLine() {
    try (Cluster cluster = new Cluster(folder, 10, 10)) {
      cluster.start(0);
      InetSocketAddress taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.address(0).getPort());
      NodeSettings other = cluster.settings(1);
      NodeSettings settings =
          new NodeSettings(
              other.home(), other.genesis(), other.institution(), taken, other.tuning());
      try (LedgerNode node = LedgerNode.open(settings, cluster.keys(1))) {
        assertThatThrownBy(node::start)
            .isInstanceOf(NetException.class)
            .hasMessageContaining(String.valueOf(taken.getPort()))
            .hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void aHomeInUseAndForeignKeysAreRefused() {
    try (Cluster cluster = new Cluster(folder, 10)) {
      cluster.start(0);
      assertThatThrownBy(() -> LedgerNode.open(cluster.settings(0), cluster.keys(0)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another MedSeal is running");
      assertThatThrownBy(
              () -> LedgerNode.open(cluster.settings(0), Cluster.freshKeys("hospital-1")))
          .isInstanceOf(NodeException.class);
      awaitCommitted(cluster, List.of(submit(cluster, 0, cluster.request(0))));
    }
  }

  @Test
  void aClosedNodeRefusesSubmissions() {
    Cluster cluster = new Cluster(folder, 10);
    LedgerNode node = cluster.start(0);
    IdentifiedTransaction transaction = cluster.request(0);
    cluster.close();
    assertThatThrownBy(() -> node.submit(transaction.transaction()))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aNodeThatFailedSaysSoAndHasNoPeers() {
    try (Cluster cluster = new Cluster(folder, 60, 40)) {
      cluster.startAll();
      LedgerNode node = cluster.node(1);
      await()
          .atMost(PATIENCE)
          .until(() -> node.status().peers().stream().allMatch(EngineStatus.Peer::connected));
      List<Throwable> heard = new CopyOnWriteArrayList<>();
      node.onFailure(heard::add);
      cluster.keys(1).validator().close(); // nothing can be signed any more
      submit(cluster, 0, cluster.request(0));
      await().atMost(PATIENCE).until(() -> heard.size() == 1);
      EngineStatus status = node.status();
      assertThat(status.step()).isEqualTo("STOPPED");
      assertThat(status.waitingFor()).startsWith("the ledger node has stopped: ");
      assertThat(status.peers()).hasSize(1).noneMatch(EngineStatus.Peer::connected);
      node.onFailure(heard::add);
      assertThat(heard).hasSize(2);
      assertThatThrownBy(() -> node.submit(cluster.request(1).transaction()))
          .isInstanceOf(NodeException.class);
    }
  }

  @Test
  void theStatusOfANodeNeverThrows() {
    Cluster cluster = new Cluster(folder, 10);
    LedgerNode node = LedgerNode.open(cluster.settings(0), cluster.keys(0));
    assertThat(node.status().step()).isEqualTo("STOPPED");
    node.start();
    await().atMost(PATIENCE).until(() -> node.status().step().equals("IDLE"));
    node.close();
    assertThat(node.status().step()).isEqualTo("STOPPED");
  }

  @Test
  void aTransactionThatNoBlockCanHoldIsDroppedAndMakesNoMoreBlocks() {
    try (Cluster cluster = new Cluster(folder, 10)) {
      LedgerNode node = cluster.start(0);
      // Later than the newest block, so that it is checked in; earlier than any block to come.
      long past = cluster.genesis().timeMs() + 1;
      submit(cluster, 0, cluster.request(0, past));
      await()
          .atMost(PATIENCE)
          .until(() -> node.view().height() > 0 && node.status().step().equals("IDLE"));
      assertThat(node.status().pending()).isZero();
      assertThat(node.view().height()).isEqualTo(1);
      assertThat(node.block(1).orElseThrow().transactions()).isEmpty();
    }
  }

  private static Hash submit(Cluster cluster, int node, IdentifiedTransaction transaction) {
    Verdict verdict = cluster.node(node).submit(transaction.transaction());
    assertThat(verdict).as("verdict").isEqualTo(Verdict.ok());
    return transaction.id();
  }

  private static void awaitCommitted(Cluster cluster, List<Hash> ids) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              for (LedgerNode node : cluster.running()) {
                for (Hash id : ids) {
                  assertThat(node.find(id))
                      .as("%s on %s: %s", id, node.institution(), node.status().waitingFor())
                      .isPresent();
                }
              }
            });
  }
}
