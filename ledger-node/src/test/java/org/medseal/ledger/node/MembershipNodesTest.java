package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.TlsProof;
import org.medseal.ledger.net.TlsIdentity;

/** Institutions joining, leaving and changing keys, on real nodes, while transactions flow. */
@Timeout(180)
class MembershipNodesTest {
  private static final int EPOCH = 3;

  private static Genesis withShortEpochs(Genesis genesis) {
    return Traffic.with(genesis, new StakeParameters(EPOCH, 600_000, 5, 100, 90, 1000, 600_000));
  }

  @TempDir Path folder;

  @Test
  void aFifthJoinsAndVotesAnotherLeavesAndAKeyIsChanged() {
    try (Cluster cluster =
        new Cluster(folder, MembershipNodesTest::withShortEpochs, 10, 10, 10, 10)) {
      cluster.startAll();
      Traffic traffic = new Traffic(cluster, 2);
      admitFifth(cluster);
      cluster.start(4);
      traffic.flowUntil(() -> view(cluster, 4).institution("hospital-5").isPresent());
      new Traffic(cluster, 2).commit(cluster.signed(4, new Action.Bond(10)));
      traffic.flowUntil(() -> cluster.running().stream().allMatch(each -> Traffic.votes(each, 5)));
      new Traffic(cluster, 2).commit(cluster.signed(3, new Action.Unbond(10)));
      traffic.flowUntil(() -> !Traffic.votes(cluster.node(0), 4));

      Ed25519PrivateKey next = Ed25519PrivateKey.generate(Cluster.RANDOM);
      rotateSecond(cluster, next);
      Bytes key = Bytes.of(next.publicKey().bytes());
      traffic.flowUntil(
          () ->
              view(cluster, 0).validators().validators().stream()
                  .anyMatch(each -> each.key().equals(key)));
      cluster.stop(0); // now nothing is decided without the fifth and the new key
      traffic.flowUntil(() -> proposedUnder(cluster, 1, "hospital-2"));
      cluster.start(0);
      new Traffic(cluster, 2).flow();
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
                    Bytes.of(cluster.keys(4).validator().sign(message)),
                    tlsProof(cluster.keys(4).tls(), message))));
    new Traffic(cluster, 2).commit(proposal);
    new Traffic(cluster, 2)
        .commit(cluster.signed(1, new Action.GovernanceVote(proposal.id(), true)));
    new Traffic(cluster, 2)
        .commit(cluster.signed(2, new Action.GovernanceVote(proposal.id(), true)));
    Traffic.await(() -> view(cluster, 0).institution("hospital-5").isPresent());
  }

  private static TlsProof tlsProof(TlsIdentity tls, byte[] message) {
    return TlsProofs.make(tls.certificate().getPublicKey(), tls.key(), message);
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
    new Traffic(cluster, 2).commit(cluster.signed(1, new Action.KeyRotate(key, Bytes.of(proof))));
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
    Traffic.await(
        () -> cluster.running().stream().allMatch(each -> each.view().height() >= height));
    Traffic.await(
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
    Traffic.await(() -> view(cluster, 4).height() >= before.height());
    new Traffic(cluster, 2).flow();
    sameStateEverywhere(cluster);
    assertThat(view(cluster, 4).stakes()).isEqualTo(view(cluster, 1).stakes());
    assertThat(view(cluster, 4).governance()).isEqualTo(view(cluster, 1).governance());
  }

  private static LedgerView view(Cluster cluster, int node) {
    return cluster.node(node).view();
  }
}
