package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.replica.ReceiptRules;

/** Payloads outside the blocks on real nodes. */
@Timeout(180)
class BlobNodesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int INLINE_LIMIT = 1024;
  private static final BlobParameters BLOBS = new BlobParameters(4, 3, 1L << 30, 2);

  private static TestConsortium group;

  @TempDir Path folder;

  @BeforeAll
  static void setUpGroup() {
    group = new TestConsortium(3);
  }

  /** A consortium whose group can sign. */
  private Cluster cluster(BlobParameters blobs, long... stakes) {
    return new Cluster(folder, genesis -> withGroup(genesis, blobs), stakes);
  }

  private static Genesis withGroup(Genesis genesis, BlobParameters blobs) {
    Genesis signing = group.genesis();
    return new Genesis(
        genesis.chainId(),
        genesis.timeMs(),
        genesis.institutions(),
        signing.groupParameters(),
        signing.groupPublicKey(),
        List.of(),
        List.of(),
        genesis.issuer(),
        genesis.opener(),
        signing.custodians(),
        new Parameters(
            0,
            33,
            INLINE_LIMIT,
            2 << 20,
            1_000_000,
            10,
            StakeParameters.DEFAULT,
            blobs,
            Parameters.STANDARD_BLOCK_RECORDS));
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static Payload.Blob write(LedgerNode node, byte[] content) throws IOException {
    try (BlobSink sink = node.blobs().create()) {
      sink.write(content);
      return sink.finish();
    }
  }

  private static Hash submit(LedgerNode node, Payload.Blob blob) {
    IdentifiedTransaction record = group.record().payload(blob).expiryHeight(500_000).sign();
    assertThat(node.submit(record.transaction()).isOk()).isTrue();
    return record.id();
  }

  private static void awaitCommitted(Cluster cluster, Hash id) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cluster.running())
                    .allSatisfy(node -> assertThat(node.find(id)).isPresent()));
  }

  private static byte[] read(LedgerNode node, Payload.Blob blob) throws IOException {
    try (InputStream in = node.blobs().open(blob)) {
      return in.readAllBytes();
    }
  }

  private static ReceiptRules rules(LedgerNode node, BlobParameters blobs) {
    Genesis genesis = withGroup(node.genesis(), blobs);
    return new ReceiptRules(node.view().validators(), genesis.parameters(), 1);
  }

  private static void awaitStatus(LedgerNode node, Predicate<BlobStatus> expected) {
    await().atMost(PATIENCE).until(() -> expected.test(node.blobs().status()));
  }

  @Test
  void aBlobIsKeptByItsReplicasBeforeItsRecordIsCommittedAndOpensEverywhere() throws IOException {
    byte[] content = content(3_500_000);
    try (Cluster cluster = cluster(BLOBS, 30, 26, 24, 20)) {
      cluster.startAll();
      Payload.Blob blob = write(cluster.node(0), content);
      Hash id = submit(cluster.node(0), blob);
      awaitCommitted(cluster, id);
      Block block =
          cluster.node(1).block(cluster.node(1).find(id).orElseThrow().height()).orElseThrow();
      assertThat(block.replicaReceipts())
          .hasSize(3)
          .allMatch(each -> each.chunkRoot().equals(blob.chunkRoot()))
          .extracting(ReplicaReceipt::validatorKey)
          .doesNotHaveDuplicates();
      for (LedgerNode node : cluster.running()) {
        awaitStatus(node, status -> status.kept() == 1 && status.outgoing() == 0);
        assertThat(read(node, blob)).isEqualTo(content);
      }
    }
  }

  @Test
  void withOneReplicaDeadTheOthersReceiptsSufficeAndItCatchesUp() throws IOException {
    byte[] content = content(1_200_000);
    try (Cluster cluster = cluster(BLOBS, 30, 26, 24, 20)) {
      cluster.startAll();
      cluster.stop(3);
      Payload.Blob blob = write(cluster.node(1), content);
      awaitCommitted(cluster, submit(cluster.node(1), blob));
      LedgerNode back = cluster.start(3);
      awaitStatus(back, status -> status.kept() == 1 && status.missing() == 0);
      assertThat(read(back, blob)).isEqualTo(content);
    }
  }

  @Test
  void aNodeThatIsNoReplicaOpensABlobFromThoseThatAre() throws IOException {
    byte[] content = content(2_100_000);
    BlobParameters two = new BlobParameters(2, 2, 1L << 30, 1_000);
    try (Cluster cluster = cluster(two, 30, 26, 24, 20)) {
      cluster.startAll();
      Payload.Blob blob = write(cluster.node(2), content);
      awaitCommitted(cluster, submit(cluster.node(2), blob));
      List<String> replicas =
          rules(cluster.node(0), two).replicas(blob.chunkRoot()).stream()
              .map(Validator::institution)
              .toList();
      for (LedgerNode node : cluster.running()) {
        boolean isReplica = replicas.contains(node.institution());
        awaitStatus(node, status -> status.kept() == (isReplica ? 1 : 0) && status.outgoing() == 0);
        assertThat(read(node, blob)).isEqualTo(content);
      }
    }
  }

  @Test
  void aDamagedChunkIsReadFromAnotherReplicaAndRepaired() throws IOException {
    byte[] content = content(2_300_000);
    try (Cluster cluster = cluster(BLOBS, 30, 26, 24, 20)) {
      cluster.startAll();
      Payload.Blob blob = write(cluster.node(0), content);
      awaitCommitted(cluster, submit(cluster.node(0), blob));
      for (LedgerNode node : cluster.running()) {
        awaitStatus(node, status -> status.kept() == 1);
      }
      flip(cluster.home(2), 1_500_000);
      assertThat(read(cluster.node(2), blob)).isEqualTo(content);
      awaitStatus(cluster.node(2), status -> status.repaired() == 1);
      assertThat(Files.readAllBytes(data(cluster.home(2)))).isEqualTo(content);
      assertThat(cluster.node(2).blobs().status().damaged()).isEqualTo(1);
    }
  }

  @Test
  void aLostFolderIsFilledAgain() throws IOException {
    byte[] content = content(1_100_000);
    try (Cluster cluster = cluster(BLOBS, 30, 26, 24, 20)) {
      cluster.startAll();
      Payload.Blob blob = write(cluster.node(0), content);
      awaitCommitted(cluster, submit(cluster.node(0), blob));
      awaitStatus(cluster.node(3), status -> status.kept() == 1);
      cluster.stop(3);
      try (Stream<Path> files = Files.list(cluster.home(3).resolve("blobs"))) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          Files.delete(each);
        }
      }
      LedgerNode back = cluster.start(3);
      awaitStatus(back, status -> status.kept() == 1 && status.missing() == 0);
      assertThat(Files.readAllBytes(data(cluster.home(3)))).isEqualTo(content);
    }
  }

  @Test
  void replicasAreChallengedAndAnswer() throws IOException {
    try (Cluster cluster = cluster(BLOBS, 30, 26, 24, 20)) {
      cluster.startAll();
      Payload.Blob blob = write(cluster.node(0), content(1_300_000));
      awaitCommitted(cluster, submit(cluster.node(0), blob));
      for (LedgerNode node : cluster.running()) {
        awaitStatus(node, status -> status.kept() == 1);
      }
      for (int i = 0; i < 4; i++) {
        IdentifiedTransaction next = cluster.request(i);
        cluster.node(i).submit(next.transaction());
        awaitCommitted(cluster, next.id());
      }
      awaitStatus(
          cluster.node(1),
          status ->
              status.challenged().size() == 4
                  && status.challenged().stream().allMatch(each -> each.answered() > 0));
    }
  }

  @Test
  void theOnlyNodeThereIsKeepsItsOwn() throws IOException {
    byte[] content = content(1_500_000);
    try (Cluster cluster = cluster(BLOBS, 10)) {
      LedgerNode node = cluster.start(0);
      Payload.Blob blob = write(node, content);
      awaitCommitted(cluster, submit(node, blob));
      awaitStatus(node, status -> status.kept() == 1 && status.outgoing() == 0);
      assertThat(read(node, blob)).isEqualTo(content);
    }
  }

  @Test
  void withoutEnoughReplicasNothingIsCommittedAndNoEmptyBlockMade() throws IOException {
    try (Cluster cluster = cluster(new BlobParameters(4, 4, 1L << 30, 1_000), 30, 26, 24, 20)) {
      cluster.startAll();
      cluster.stop(3);
      Payload.Blob blob = write(cluster.node(0), content(1_200_000));
      Hash id = submit(cluster.node(0), blob);
      for (LedgerNode node : cluster.running()) {
        awaitStatus(node, status -> status.kept() == 1);
      }
      IdentifiedTransaction other = cluster.request(1);
      cluster.node(1).submit(other.transaction());
      awaitCommitted(cluster, other.id());
      assertThat(cluster.node(0).find(id)).isEmpty();
      assertThat(cluster.node(0).view().height()).isEqualTo(1);
      cluster.start(3);
      awaitCommitted(cluster, id);
    }
  }

  private static Path data(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("blobs"))) {
      return files.filter(each -> each.toString().endsWith(".data")).findFirst().orElseThrow();
    }
  }

  private static void flip(Path home, long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(data(home).toFile(), "rw")) {
      file.seek(at);
      int before = file.read();
      file.seek(at);
      file.write(before ^ 1);
    }
  }
}
