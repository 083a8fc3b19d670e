package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.StakeParameters;

/** Institutions joining, leaving and changing keys, on real nodes, while transactions flow. */
@Timeout(180)
class MembershipNodesTest {
  private static final long PATIENCE_MS = Duration.ofSeconds(90).toMillis();
  private static final int EPOCH = 3;

  private static Genesis withShortEpochs(Genesis genesis) {
    return new Genesis(
        genesis.chainId(),
        genesis.timeMs(),
        genesis.institutions(),
        genesis.groupParameters(),
        genesis.groupPublicKey(),
        genesis.members(),
        genesis.credentials(),
        genesis.issuer(),
        genesis.opener(),
        genesis.custodians(),
        genesis
            .parameters()
            .with(33, new StakeParameters(EPOCH, 600_000, 5, 100, 90, 1000, 600_000)));
  }

  @TempDir Path folder;

  @Test
  void aFifthJoinsAndVotesAnotherLeavesAndAKeyIsChanged() {
    try (Cluster cluster =
        new Cluster(folder, MembershipNodesTest::withShortEpochs, 10, 10, 10, 10)) {
      cluster.startAll();
      admitFifth(cluster);
      cluster.start(4);
      flowUntil(cluster, () -> view(cluster, 4).institution("hospital-5").isPresent());
      commit(cluster, cluster.signed(4, new Action.Bond(10)));
      flowUntil(cluster, () -> cluster.running().stream().allMatch(each -> votes(each, 5)));
      commit(cluster, cluster.signed(3, new Action.Unbond(10)));
      flowUntil(cluster, () -> !votes(cluster.node(0), 4));

      Ed25519PrivateKey next = Ed25519PrivateKey.generate(Cluster.RANDOM);
      rotateSecond(cluster, next);
      Bytes key = Bytes.of(next.publicKey().bytes());
      flowUntil(
          cluster,
          () ->
              view(cluster, 0).validators().validators().stream()
                  .anyMatch(each -> each.key().equals(key)));
      cluster.stop(0); // now nothing is decided without the fifth and the new key
      flowUntil(cluster, () -> proposedUnder(cluster, 1, "hospital-2"));
      cluster.start(0);
      flow(cluster);
      everySetIsInForceTwoHeightsAfterItsEdge(cluster);
      sameStateEverywhere(cluster);
      restartAndReplayGiveTheSame(cluster);
    }
  }

  private static void admitFifth(Cluster cluster) {
    Institution fifth = cluster.candidate(10);
    byte[] message = MembershipActions.admissionSignBytes(cluster.genesis().chainId(), fifth);
    IdentifiedTransaction proposal =
        cluster.signed(
            0,
            new Action.GovernanceProposal(
                new MembershipChange.Admission(
                    fifth,
                    Bytes.of(cluster.signing(4).sign(message)),
                    Bytes.of(cluster.keys(4).validator().sign(message)))));
    commit(cluster, proposal);
    commit(cluster, cluster.signed(1, new Action.GovernanceVote(proposal.id(), true)));
    commit(cluster, cluster.signed(2, new Action.GovernanceVote(proposal.id(), true)));
    await(() -> view(cluster, 0).institution("hospital-5").isPresent());
  }

  private static void rotateSecond(Cluster cluster, Ed25519PrivateKey next) {
    Bytes key = Bytes.of(next.publicKey().bytes());
    NodeKeys keys = cluster.keys(1);
    cluster.stop(1);
    cluster.setKeys(1, new NodeKeys(List.of(keys.validator(), next), keys.tls()));
    cluster.start(1);
    byte[] proof =
        next.sign(
            MembershipActions.keyRotationSignBytes(cluster.genesis().chainId(), "hospital-2", key));
    commit(cluster, cluster.signed(1, new Action.KeyRotate(key, Bytes.of(proof))));
  }

  private static boolean proposedUnder(Cluster cluster, int node, String institution) {
    LedgerView view = view(cluster, node);
    BlockHeader header = cluster.node(node).block(view.height()).orElseThrow().header();
    return view.validators().get(header.proposer()).institution().equals(institution);
  }

  /** As the headers, which the sets sign, say it. */
  private static void everySetIsInForceTwoHeightsAfterItsEdge(Cluster cluster) {
    LedgerNode node = cluster.node(1);
    long changes = 0;
    for (long height = 2; height <= node.view().height(); height++) {
      BlockHeader before = node.block(height - 1).orElseThrow().header();
      BlockHeader header = node.block(height).orElseThrow().header();
      assertThat(header.validatorsHash()).isEqualTo(before.nextValidatorsHash());
      if (!header.nextValidatorsHash().equals(header.validatorsHash())) {
        assertThat((height - 1) % EPOCH).isZero(); // decided by the block before
        changes++;
      }
    }
    assertThat(changes).isGreaterThanOrEqualTo(3);
    assertThat(Blocks.validatorsHash(node.view().validators()))
        .isEqualTo(node.block(node.view().height()).orElseThrow().header().nextValidatorsHash());
  }

  private static void sameStateEverywhere(Cluster cluster) {
    long height = view(cluster, 1).height();
    await(() -> cluster.running().stream().allMatch(each -> each.view().height() >= height));
    await(
        () ->
            cluster.running().stream()
                    .map(each -> each.view().height() + " " + each.view().stateRoot())
                    .distinct()
                    .count()
                == 1);
  }

  private static void restartAndReplayGiveTheSame(Cluster cluster) {
    LedgerView before = view(cluster, 4);
    cluster.stop(4);
    VerificationReport report = LedgerVerification.verify(cluster.home(4), cluster.genesis());
    assertThat(report.difference()).isEmpty();
    TestFolders.delete(cluster.home(4).resolve("index"));
    cluster.start(4);
    await(() -> view(cluster, 4).height() >= before.height());
    flow(cluster);
    sameStateEverywhere(cluster);
    assertThat(view(cluster, 4).stakes()).isEqualTo(view(cluster, 1).stakes());
    assertThat(view(cluster, 4).governance()).isEqualTo(view(cluster, 1).governance());
  }

  private static LedgerView view(Cluster cluster, int node) {
    return cluster.node(node).view();
  }

  private static boolean votes(LedgerNode node, int hospital) {
    return node.view().validators().validators().stream()
        .anyMatch(each -> each.institution().equals("hospital-" + hospital));
  }

  /** One transaction of another institution at a time, until it holds. */
  private static void flowUntil(Cluster cluster, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      flow(cluster);
      assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis()).isLessThan(PATIENCE_MS);
    }
  }

  private static void flow(Cluster cluster) {
    commit(cluster, cluster.request(2));
  }

  private static void commit(Cluster cluster, IdentifiedTransaction transaction) {
    LedgerNode node = cluster.node(2);
    await(() -> isTaken(node.submit(transaction.transaction())));
    await(() -> node.find(transaction.id()).isPresent());
  }

  private static boolean isTaken(Verdict verdict) {
    return verdict.isOk() || verdict.code() == Verdict.Code.ALREADY_COMMITTED;
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis()).isLessThan(PATIENCE_MS);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
