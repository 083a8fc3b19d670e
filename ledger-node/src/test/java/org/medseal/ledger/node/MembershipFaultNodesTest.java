package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.net.TlsIdentity;

/** Absence, moves, rotations and lies on real nodes, while transactions flow. */
@Timeout(180)
class MembershipFaultNodesTest {
  private static final int EPOCH = 3;
  private static final int WINDOW = 10;

  @TempDir Path folder;

  private static Genesis quick(Genesis genesis) {
    return Traffic.with(genesis, new StakeParameters(EPOCH, 600_000, 5, WINDOW, 8, 1, 600_000));
  }

  private Cluster four() {
    Cluster cluster = new Cluster(folder, MembershipFaultNodesTest::quick, 10, 10, 10, 10);
    cluster.startAll();
    return cluster;
  }

  @Test
  void theAbsentIsJailedAndComesBackWhenItSaysSo() {
    try (Cluster cluster = four()) {
      Traffic traffic = new Traffic(cluster, 2);
      cluster.stop(3);
      traffic.flowUntil(() -> traffic.account(4).state() == StakeAccount.State.JAILED);
      traffic.flowUntil(() -> !traffic.votes(4));
      assertThat(traffic.account(4).bonded()).isEqualTo(10);
      assertThat(traffic.account(4).slashed()).isZero();
      assertThat(traffic.view().validators().totalStake()).isEqualTo(30);

      cluster.start(3);
      Traffic.await(() -> saysItDoesNotVote(cluster.node(3)));
      traffic.commit(3, new Action.Unjail());
      traffic.flowUntil(() -> traffic.votes(4));
      Traffic.await(() -> !saysItDoesNotVote(cluster.node(3)));
      cluster.stop(0); // now nothing is decided without the one that is back
      long height = traffic.view().height();
      traffic.flowUntil(() -> traffic.view().height() > height + EPOCH);
      assertThat(traffic.account(4).state()).isEqualTo(StakeAccount.State.ACTIVE);
    }
  }

  @Test
  void aNodeMovesToAnotherTlsKeyWhileItRuns() {
    try (Cluster cluster = four()) {
      Traffic traffic = new Traffic(cluster, 2);
      TlsIdentity next = TlsIdentity.selfSigned("hospital-2", Instant.now(), Cluster.RANDOM);
      String address = "127.0.0.1:4321";
      byte[] message =
          MembershipActions.nodeMoveSignBytes(
              cluster.genesis().chainId(), "hospital-2", next.pin(), address);
      traffic.commit(
          1,
          new Action.NodeMove(
              next.pin(),
              address,
              TlsProofs.make(next.certificate().getPublicKey(), next.key(), message)));
      Institution moved = traffic.view().institution("hospital-2").orElseThrow();
      assertThat(moved.tlsPin()).isEqualTo(next.pin());
      assertThat(moved.peerAddress()).isEqualTo(address);
      traffic.flow(); // on the connections it has
      long height = traffic.view().height();
      Traffic.await(() -> cluster.node(1).view().height() >= height);

      cluster.stop(1);
      cluster.setKeys(1, new NodeKeys(cluster.keys(1).validators(), next));
      cluster.start(1);
      cluster.stop(0); // now nothing is decided without the one that moved
      traffic.flowUntil(() -> traffic.view().height() > height + EPOCH);
    }
  }

  @Test
  void aKeyIsRotatedUnderAValidatorThatIsNeededAllTheTime() {
    Ed25519PrivateKey next = Ed25519PrivateKey.generate(Cluster.RANDOM);
    Bytes key = Bytes.of(next.publicKey().bytes());
    try (Cluster cluster = new Cluster(folder, MembershipFaultNodesTest::quick, 10, 10, 10, 10)) {
      NodeKeys keys = cluster.keys(1);
      cluster.setKeys(1, new NodeKeys(List.of(keys.validator(), next), keys.tls()));
      cluster.startAll();
      Traffic traffic = new Traffic(cluster, 2);
      cluster.stop(0);
      byte[] proof =
          next.sign(
              MembershipActions.keyRotationSignBytes(
                  cluster.genesis().chainId(), "hospital-2", key));
      traffic.commit(1, new Action.KeyRotate(key, Bytes.of(proof)));
      traffic.flowUntil(() -> traffic.view().validators().get(1).key().equals(key));
      long height = traffic.view().height();
      traffic.flowUntil(() -> traffic.view().height() > height + EPOCH);
      assertThat(traffic.view().institution("hospital-2").orElseThrow().validatorKey())
          .isEqualTo(key);
    }
  }

  @Test
  void whoSignsTwiceIsFoundSlashedAndPutOutAndTheOthersGoOn() {
    try (Cluster cluster = four()) {
      Traffic traffic = new Traffic(cluster, 2);
      traffic.flow();
      cluster.stop(0);
      try (Impostor impostor = new Impostor(cluster)) {
        Traffic.await(() -> impostor.isConnectedTo(List.of(1, 2, 3)));
        traffic.flowUntil(
            () -> {
              impostor.signsTwice(traffic.view().height() + 1, 0);
              return traffic.account(1).slashed() > 0;
            });
      }
      assertThat(traffic.account(1).slashed()).isEqualTo(1);
      assertThat(traffic.account(1).state()).isEqualTo(StakeAccount.State.TOMBSTONED);
      List<Evidence> found =
          LongStream.rangeClosed(1, traffic.view().height())
              .mapToObj(height -> cluster.node(2).block(height).orElseThrow())
              .flatMap(block -> block.evidence().stream())
              .toList();
      assertThat(found).isNotEmpty().allMatch(each -> each.validator() == 0);
      traffic.flowUntil(() -> !traffic.votes(1));
      long height = traffic.view().height();
      traffic.flowUntil(() -> traffic.view().height() > height + EPOCH);
      assertThat(traffic.view().validators().totalStake()).isEqualTo(30);
      assertThat(cluster.node(2).status().waiting().quorum().total()).isEqualTo(30);
      assertThat(cluster.node(2).status().waiting().warnings()).isEmpty(); // nobody misses it
      cluster.start(0);
      Traffic.await(() -> saysItDoesNotVote(cluster.node(0)));
    }
  }

  private static boolean saysItDoesNotVote(LedgerNode node) {
    return node.status().waiting().warnings().stream()
        .anyMatch(
            each ->
                each.startsWith("this node does not vote at height " + (node.view().height() + 1))
                    && each.endsWith("(jailed, tombstoned, leaving or not yet joined)"));
  }
}
