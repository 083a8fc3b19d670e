package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.api.DiskUse;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.api.ProposerTurn;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.proof.Anchor;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.proof.ProofFile;
import org.medseal.ledger.proof.ProofJudgement;
import org.medseal.ledger.proof.ProofVerification;
import org.medseal.ledger.proof.TrustRules;
import org.medseal.ledger.store.StoreException;

/** What real nodes show an auditor, running and at rest. */
@Timeout(180)
class LedgerAuditTest {
  private static final int BLOCKS = 9;

  @TempDir Path folder;

  @Test
  void proofsOfARunningNodeHoldForWhoHasOnlyTheGenesisOrACheckpoint() {
    try (Cluster cluster = new Cluster(folder, 30, 26, 24, 20)) {
      cluster.startAll();
      List<Hash> ids = fill(cluster);
      LedgerNode node = cluster.node(1);
      long height = node.view().height();
      LedgerAudit audit = node.audit();
      Anchor genesis = new Anchor.OfGenesis(cluster.genesis());
      Anchor newest = new Anchor.OfCheckpoint(audit.checkpoint(height).orElseThrow());
      for (Hash id : ids) {
        assertThat(judge(audit.inclusionProof(id, OptionalLong.empty()).orElseThrow(), genesis))
            .isNotNull();
        Bytes forCheckpoint = audit.inclusionProof(id, OptionalLong.of(height)).orElseThrow();
        assertThat(judge(forCheckpoint, newest).anchorHeight()).isEqualTo(height);
        judge(forCheckpoint, genesis);
      }
      Bytes grown = audit.consistencyProof(2, height, OptionalLong.empty()).orElseThrow();
      judge(grown, genesis);
      assertThatThrownBy(() -> audit.inclusionProof(Hash.ZERO, OptionalLong.empty()))
          .isInstanceOf(ProofException.class)
          .hasMessageContaining("no transaction");
    }
  }

  @Test
  void aHomeAtRestShowsTheSameAndARunningOneIsLeftAlone() {
    Cluster cluster = new Cluster(folder, 10);
    List<Hash> ids;
    Bytes live;
    try (cluster) {
      cluster.startAll();
      ids = fill(cluster);
      live = cluster.node(0).audit().inclusionProof(ids.get(3), OptionalLong.of(7)).orElseThrow();
      assertThatThrownBy(() -> LedgerArchive.open(cluster.home(0), cluster.genesis()))
          .isInstanceOf(StoreException.class);
    }
    try (LedgerArchive archive = LedgerArchive.open(cluster.home(0), cluster.genesis())) {
      assertThat(archive.height()).isEqualTo(BLOCKS);
      assertThat(archive.audit().inclusionProof(ids.get(3), OptionalLong.of(7))).hasValue(live);
    }
  }

  @Test
  void whoseTurnItWasIsTheSamePlayedAgainFromTheGenesis() {
    try (Cluster cluster = new Cluster(folder, 30, 26, 24, 20)) {
      cluster.startAll();
      fill(cluster);
      LedgerAudit audit = cluster.node(2).audit();
      long height = cluster.node(2).view().height();
      for (long each = 1; each <= height; each++) {
        ProposerTurn turn = audit.turn(each).orElseThrow();
        assertThat(audit.recomputedTurn(each)).hasValue(turn);
        ProposerTurn.Contender winner = turn.contenders().get(turn.winner());
        assertThat(turn.reason()).startsWith(winner.institution() + " has the highest priority");
        assertThat(turn.contenders()).allMatch(any -> any.gained() <= winner.gained());
        assertThat(turn.contenders())
            .allMatch(any -> any.gained() == Math.addExact(any.before(), any.stake()));
        assertThat(winner.after()).isEqualTo(winner.gained() - 100);
        if (turn.decided().orElseThrow().round() == 0) {
          assertThat(turn.decided().orElseThrow().proposer()).isEqualTo(winner.institution());
        }
      }
      assertThat(audit.turn(height + 1).orElseThrow().decided()).isEmpty();
      assertThat(audit.turn(height + 2)).isEmpty();
      assertThat(audit.recomputedTurn(0)).isEmpty();
    }
  }

  @Test
  void diskUseIsToldByFolderWithoutAForecastFromNothing() {
    try (Cluster cluster = new Cluster(folder, 10)) {
      cluster.startAll();
      fill(cluster);
      DiskUse use = cluster.node(0).audit().disk().orElseThrow();
      assertThat(use.parts().keySet()).contains("ledger/segments", "ledger/log", "index");
      assertThat(use.parts().get("ledger/segments")).isGreaterThan(BLOCKS * 600L);
      assertThat(use.free()).isPositive();
      assertThat(use.forecast()).isEmpty();
    }
  }

  private static ProofJudgement judge(Bytes file, Anchor anchor) {
    return ProofVerification.verify(
        ProofFile.decode(file.toArray()), anchor, TrustRules.at(Instant.now()));
  }

  /** One transaction after the other, seen by every node. */
  private static List<Hash> fill(Cluster cluster) {
    List<Hash> ids = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      IdentifiedTransaction transaction = cluster.request(0);
      cluster.node(0).submit(transaction.transaction());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  cluster.running().stream()
                      .allMatch(node -> node.find(transaction.id()).isPresent()));
      ids.add(transaction.id());
    }
    return ids;
  }
}
