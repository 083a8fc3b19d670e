package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.store.StoreException;

/** Nodes that judge blocks by rules of different numbers, and a ledger written under newer ones. */
@Timeout(120)
class OtherRulesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NEWER = LedgerRules.NUMBER + 1;

  @TempDir private Path folder;

  private static Hash commit(Cluster cluster) {
    IdentifiedTransaction transaction = cluster.request(0);
    LedgerNode node = cluster.node(0);
    node.submit(transaction.transaction());
    await().atMost(PATIENCE).until(() -> node.find(transaction.id()).isPresent());
    return transaction.id();
  }

  private static EngineStatus.Peer seen(LedgerNode node) {
    return node.status().peers().get(0);
  }

  @Test
  void nodesOfDifferentRulesExchangeNoBlocksAndOfTheSameDo() {
    try (Cluster cluster = new Cluster(folder, 90, 10)) {
      cluster.start(0);
      Hash before = commit(cluster);
      LedgerNode newer = cluster.start(1, NEWER);
      await().atMost(PATIENCE).until(() -> !seen(cluster.node(0)).refused().isEmpty());
      await().atMost(PATIENCE).until(() -> !seen(newer).refused().isEmpty());
      Hash meanwhile = commit(cluster);
      assertThat(seen(cluster.node(0)).connected()).isFalse();
      assertThat(seen(newer).refused())
          .contains("ledger rules " + LedgerRules.NUMBER + " and this node by rules " + NEWER);
      assertThat(newer.status().waiting().warnings()).anyMatch(it -> it.contains("is refused: it"));
      assertThat(newer.view().height()).isZero();
      cluster.stop(1);
      LedgerNode same = cluster.start(1);
      await().atMost(PATIENCE).until(() -> same.find(meanwhile).isPresent());
      assertThat(same.find(before)).isPresent();
      assertThat(seen(same).refused()).isEmpty();
      await().atMost(PATIENCE).until(() -> seen(cluster.node(0)).refused().isEmpty());
    }
  }

  @Test
  void aLedgerIsNotOpenedUnderOlderRulesThanItWasWrittenUnder() throws Exception {
    try (Cluster cluster = new Cluster(folder, 10)) {
      Path mark = cluster.home(0).resolve("ledger").resolve("rules");
      cluster.start(0);
      Hash first = commit(cluster);
      assertThat(mark).hasContent(LedgerRules.NUMBER + "\n");
      cluster.stop(0);
      cluster.start(0, NEWER);
      assertThat(mark).as("no block of the newer rules yet").hasContent(LedgerRules.NUMBER + "\n");
      cluster.stop(0);
      cluster.start(0);
      cluster.stop(0);
      cluster.start(0, NEWER);
      commit(cluster);
      assertThat(mark).hasContent(NEWER + "\n");
      cluster.stop(0);
      assertThatThrownBy(() -> cluster.start(0))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.OTHER_VERSION))
          .hasMessageContaining("was written by ledger rules " + NEWER)
          .hasMessageContaining("start it with the MedSeal that wrote it")
          .hasMessageNotContaining("\n");
      assertThat(cluster.start(0, NEWER).find(first)).isPresent();
    }
  }

  @Test
  void aLedgerOfBeforeThereWereNumbersIsOfTheFirst() throws Exception {
    try (Cluster cluster = new Cluster(folder, 10)) {
      cluster.start(0, LedgerRules.FIRST);
      Hash first = commit(cluster);
      cluster.stop(0);
      Files.delete(cluster.home(0).resolve("ledger").resolve("rules"));
      assertThat(cluster.start(0, LedgerRules.FIRST).find(first)).isPresent();
    }
  }
}
