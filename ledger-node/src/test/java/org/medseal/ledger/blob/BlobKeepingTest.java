package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.Digests;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.blob.BlobWorld.Node;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.DiskFull;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/** What is kept, for how long, and within which bounds; whole nodes in virtual time. */
class BlobKeepingTest {
  private static final BlobParameters PARAMETERS = new BlobParameters(2, 2, 80_000, 1_000);
  private static final int SIZE = 3_000;

  private static TestConsortium five;

  private BlobWorld world;

  @BeforeAll
  static void setUp() {
    five = new TestConsortium(5);
  }

  @BeforeEach
  void start() {
    world = new BlobWorld(five, PARAMETERS, 1);
  }

  private Payload.Blob committed(int author, int content) throws IOException {
    Payload.Blob blob = world.nodes.get(author).writes(BlobWorld.content(content));
    world.runUntil(each -> each.waiting.isEmpty());
    world.run(10_000);
    return blob;
  }

  /** A node tells that it has no disk, and of no blob: the author is not to be found by it. */
  @Test
  void whoHasNoDiskForChunksSaysSoToEverybodyOnceAMinute() throws IOException {
    world.nodes.stream().skip(1).forEach(each -> each.disk.space(1_000, 100_000));
    world.nodes.get(0).writes(BlobWorld.content(1));
    world.run(59_000);
    List<BlobWorld.Said> said = world.said(DiskFull.class);
    assertThat(said).isNotEmpty();
    Node full = world.nodes.get(said.get(0).from());
    assertThat(said.stream().filter(each -> each.from() == full.index).map(BlobWorld.Said::to))
        .containsExactlyInAnyOrderElementsOf(full.connected());
    for (int heard : full.connected()) {
      assertThat(world.nodes.get(heard).keeping.fullPeers()).contains(full.index);
    }
    assertThat(full.keeping.fullPeers()).doesNotContain(full.index);
    world.nodes.forEach(each -> each.disk.space(100_000_000, 100_000_000));
    world.run(2 * FullDisks.BELIEVED_MS);
    assertThat(world.nodes.get(0).keeping.fullPeers()).isEmpty();
  }

  @Test
  void whatNoRecordEverNamesIsDeletedOnceAReceiptForItHasExpired() throws IOException {
    world.commits = false;
    Payload.Blob blob = world.nodes.get(0).writes(BlobWorld.content(1));
    List<Integer> replicas = world.replicas(blob);
    world.runUntil(
        each -> replicas.stream().allMatch(replica -> each.nodes.get(replica).keeps(blob)));
    long lastReceipt = 0;
    for (int blocks = 0; blocks < 2 * BlobWorld.MAX_EXPIRY + 200; blocks++) {
      world.pass(1);
      int before = world.said(ReceiptsMessage.class).size();
      world.run(6_000);
      List<BlobWorld.Said> receipts = world.said(ReceiptsMessage.class);
      if (receipts.size() > before) {
        ReceiptsMessage last = (ReceiptsMessage) receipts.get(receipts.size() - 1).message();
        lastReceipt = last.receipts().get(0).receipt().expiryHeight();
      }
      assertThat(world.nodes.get(replicas.get(0)).keeps(blob)).isTrue();
    }
    assertThat(lastReceipt).isPositive().isLessThan(world.height);
    assertThat(world.nodes.get(0).places.outgoing().all()).isEmpty();
    for (int blocks = 0; blocks < 10; blocks++) {
      world.pass(1);
      world.run(6_000);
    }
    world.run(3_700_000); // what was relayed stays for an hour, and may come to a replica again
    for (int blocks = 0; blocks < 2 * BlobWorld.MAX_EXPIRY + 300; blocks += 50) {
      world.pass(50);
      world.run(11_000);
    }
    for (Node each : world.nodes) {
      assertThat(each.places.kept().all()).isEmpty();
      assertThat(each.places.room().usedBytes()).isZero();
    }
  }

  @Test
  void whatARecordNamesStays() throws IOException {
    Payload.Blob blob = committed(0, 2);
    world.pass(2 * BlobWorld.MAX_EXPIRY + 400);
    world.run(60_000);
    for (int replica : world.replicas(blob)) {
      assertThat(world.nodes.get(replica).keeps(blob)).isTrue();
    }
  }

  @Test
  void aNodeThatIsNotAtTheTipSignsForNothing() throws IOException {
    Payload.Blob probe = world.nodes.get(0).writes(BlobWorld.content(3));
    int replica = world.replicas(probe).get(0);
    Node behind = world.nodes.get(replica);
    behind.atTip = false;
    world.runUntil(each -> behind.keeps(probe));
    world.run(30_000);
    assertThat(world.said(ReceiptsMessage.class)).noneMatch(each -> each.from() == replica);
    assertThat(world.waiting).containsExactly(probe);
    behind.atTip = true;
    world.runUntil(each -> each.waiting.isEmpty());
    assertThat(world.said(ReceiptsMessage.class)).anyMatch(each -> each.from() == replica);
  }

  @Test
  void whenAReplicaLeavesTheSetTheNextOneFetchesWhatItKept() throws IOException {
    Payload.Blob blob = committed(0, 4);
    List<Integer> before = world.replicas(blob);
    int gone = before.get(0);
    world.validators(
        world.nodes.stream().mapToInt(each -> each.index).filter(each -> each != gone).toArray());
    List<Integer> after = world.replicas(blob);
    assertThat(after).doesNotContain(gone).contains(before.get(1));
    world.down.add(gone);
    world.run(30_000);
    for (int replica : after) {
      assertThat(world.nodes.get(replica).keeps(blob)).isTrue();
    }
  }

  @Test
  void aPeerIsGivenItsShareOfTheQuotaAndNoMore() {
    Node victim = world.nodes.get(0);
    for (int i = 0; i < 20; i++) {
      victim.keeping.onMessage(1, new BlobOffer(root(i), SIZE, true));
      victim.keeping.onMessage(1, new BlobOffer(root(i), 30_000, true));
    }
    assertThat(victim.places.room().usedBytes()).isEqualTo(3 * SIZE);
    victim.keeping.onMessage(2, new BlobOffer(root(30), SIZE, true));
    assertThat(victim.places.room().usedBytes()).isEqualTo(4 * SIZE);
  }

  @Test
  void whatIsOfferedAndNotGivenHoldsNoRoom() {
    Node victim = world.nodes.get(0);
    victim.keeping.onMessage(1, new BlobOffer(root(1), SIZE, true));
    assertThat(victim.places.room().usedBytes()).isEqualTo(SIZE);
    world.run(300_000);
    assertThat(victim.places.room().usedBytes()).isZero();
  }

  @Test
  void whatFitsIntoABlockIsNotTakenAsABlob() {
    Node victim = world.nodes.get(0);
    victim.keeping.onMessage(1, new BlobOffer(root(1), TestConsortium.INLINE_LIMIT, true));
    assertThat(victim.places.room().usedBytes()).isZero();
  }

  @Test
  void belowTheReserveOfTheDiskNothingOfOthersIsTaken() throws IOException {
    for (Node each : world.nodes) {
      each.disk.space(1_000, 100_000);
    }
    world.nodes.get(0).writes(BlobWorld.content(5));
    world.run(60_000);
    assertThat(world.said(ChunkRequest.class)).isEmpty();
    assertThat(world.waiting).hasSize(1);
    assertThat(world.nodes.get(1).keeping.status().room().diskReserveBytes()).isEqualTo(10_000);
    for (Node each : world.nodes) {
      each.disk.space(90_000, 100_000);
    }
    world.runUntil(each -> each.waiting.isEmpty());
  }

  @Test
  void aReplicaWhoseHashesAndChunksAreDamagedFetchesTheBlobAgain() throws IOException {
    Payload.Blob blob = committed(0, 6);
    Node replica = world.nodes.get(world.replicas(blob).get(0));
    String name = "/home/blobs/" + blob.chunkRoot().hex();
    for (String file : List.of(name + ".data", name + ".replica")) {
      Path path = Path.of(file);
      byte[] bytes = replica.disk.content(path);
      bytes[bytes.length - 1] ^= 1;
      try (var out = replica.disk.open(path)) {
        out.write(0, bytes);
      }
    }
    Node again = world.restart(replica.index);
    Copy copy = again.places.kept(blob.chunkRoot()).orElseThrow();
    int asker = (replica.index + 1) % world.nodes.size();
    again.keeping.onMessage(asker, new ChunkRequest(blob.chunkRoot(), 0));
    again.work();
    world.runUntil(each -> again.keeping.status().repaired() > 0);
    assertThat(copy.read(0)).isEqualTo(BlobWorld.content(6));
  }

  /** One peer offers it on its stem and as to a replica: the same bytes end both downloads. */
  @Test
  void whatTheEndOfAStemLeftToAReplicaStaysThoughItWasBeingTakenInAsAReplicaToo() {
    byte[] content = BlobWorld.content(8);
    Payload.Blob blob = blob(content);
    for (int seed = 0; seed < 24; seed++) {
      boolean stemFirst = seed % 2 == 0;
      world = new BlobWorld(five, PARAMETERS, seed);
      Node victim = world.nodes.get(world.replicas(blob).get(0));
      Node other = world.nodes.get((victim.index + 1) % 5);
      keep(other, blob, content);
      victim.keeping.onMessage(other.index, new BlobOffer(blob.chunkRoot(), SIZE, stemFirst));
      victim.keeping.onMessage(other.index, new BlobOffer(blob.chunkRoot(), SIZE, !stemFirst));
      world.runUntil(each -> victim.keeps(blob));
      world.run(1_000);
      world.commit(List.of(blob));
      world.run(200_000);
      assertThat(victim.keeps(blob)).isTrue();
      assertThat(victim.places.kept().find(blob.chunkRoot()).orElseThrow().committed()).isTrue();
    }
  }

  @Test
  void whatIsOnTheLedgerAndGoneFromHereIsMissedInTime() throws IOException {
    Payload.Blob blob = committed(0, 9);
    Node replica = world.nodes.get(world.replicas(blob).get(0));
    replica.places.kept().abandon(blob.chunkRoot());
    assertThat(replica.keeps(blob)).isFalse();
    world.run(700_000);
    assertThat(replica.keeps(blob)).isTrue();
    assertThat(replica.places.kept().find(blob.chunkRoot()).orElseThrow().committed()).isTrue();
  }

  @Test
  void whatARecordNamesIsAskedOfTheOthersTooAndGivenUpInTime() {
    Payload.Blob blob = blob(BlobWorld.content(10));
    Node node = world.nodes.get(0);
    world.lost = each -> each.from() != node.index;
    ChunkFetcher fetcher = new ChunkFetcher(node);
    Downloads downloads =
        new Downloads(
            node.places.kept(),
            node,
            fetcher,
            each -> {},
            new Downloads.Ends(each -> {}, () -> {}));
    downloads.offered(1, blob);
    downloads.fetch(blob, List.of(2));
    world.run(100);
    assertThat(world.said(ChunkRequest.class)).extracting(BlobWorld.Said::to).contains(2);
    downloads.tick(world.nowMs + 127_000);
    assertThat(downloads.isRunning(blob)).isTrue();
    downloads.tick(world.nowMs + 128_000);
    assertThat(downloads.isRunning(blob)).isFalse();
    assertThat(fetcher.waiting()).isZero();
    assertThat(node.places.room().usedBytes()).isZero();
  }

  private static Payload.Blob blob(byte[] content) {
    ChunkTree tree = new ChunkTree(List.of(Hash.of(Digests.sha256(content))));
    return new Payload.Blob(tree.root(), content.length, 1);
  }

  private static void keep(Node node, Payload.Blob blob, byte[] content) {
    node.places.kept().begin(blob, 0);
    node.places.kept().append(blob.chunkRoot(), content);
    assertThat(node.places.kept().complete(blob.chunkRoot())).isTrue();
  }

  private static Hash root(int number) {
    byte[] root = new byte[Hash.LENGTH];
    root[0] = (byte) (number + 1);
    return Hash.of(root);
  }
}
