package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.blob.BlobWorld.Node;
import org.medseal.ledger.blob.BlobWorld.Said;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Payload;

/** How chunks come from their author to the replicas, whole nodes in virtual time. */
class ChunkStemTest {
  private static final int SEEDS = 30;
  private static final BlobParameters PARAMETERS = new BlobParameters(4, 3, 1L << 30, 1_000);

  private static TestConsortium seven;

  @BeforeAll
  static void setUp() {
    seven = new TestConsortium(7);
  }

  private static BlobWorld world(int seed) {
    return new BlobWorld(seven, PARAMETERS, seed);
  }

  private static BlobOffer offer(Said said) {
    return (BlobOffer) said.message();
  }

  private static List<Said> publicOffers(BlobWorld world) {
    return world.said(BlobOffer.class).stream().filter(each -> !offer(each).stem()).toList();
  }

  private static void awaitCommitted(BlobWorld world) {
    world.runUntil(each -> each.waiting.isEmpty());
  }

  @Test
  void theAuthorHandsItToItsSuccessorAndOffersItToNobodyElse() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      BlobWorld world = world(seed);
      Node author = world.nodes.get(seed % 7);
      int successor = author.route.peer().orElseThrow();
      int detour = author.route.detour().orElseThrow();
      author.writes(BlobWorld.content(seed));
      awaitCommitted(world);
      List<Said> offers =
          world.said(BlobOffer.class).stream().filter(each -> each.from() == author.index).toList();
      assertThat(offers).isNotEmpty().allMatch(each -> offer(each).stem());
      assertThat(offers.get(0).to()).isEqualTo(successor);
      assertThat(offers).allMatch(each -> each.to() == successor || each.to() == detour);
    }
  }

  @Test
  void chunksGoOnOverSeveralNodesBeforeTheReplicasAreOfferedThem() throws IOException {
    int hops = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      BlobWorld world = world(seed);
      world.nodes.get(0).writes(BlobWorld.content(seed));
      awaitCommitted(world);
      hops +=
          world.said(BlobOffer.class).stream()
              .filter(each -> offer(each).stem())
              .map(each -> List.of(each.from(), each.to()))
              .collect(Collectors.toSet())
              .size();
    }
    assertThat((double) hops / SEEDS).isBetween(2.0, 5.0);
  }

  /** Else a spy could ask everybody, or listen, and see who is on the way and who is its author. */
  @Test
  void untilItsStemEndsNoReplicaSignsAndNobodyButASuccessorIsGivenAChunk() throws IOException {
    int onStem = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      BlobWorld world = world(seed);
      Payload.Blob blob = world.nodes.get(0).writes(BlobWorld.content(seed));
      int successor = world.nodes.get(0).route.peer().orElseThrow();
      Node first = world.nodes.get(successor);
      world.runUntil(each -> first.places.passing().isWhole(blob) || first.keeps(blob));
      Map<Integer, Integer> spies = new HashMap<>();
      for (Node each : world.nodes) {
        int spy = neitherSuccessorNorDetour(each);
        spies.put(each.index, spy);
        each.keeping.onMessage(spy, new ChunkRequest(blob.chunkRoot(), 0));
        each.work();
      }
      world.run(50);
      if (!publicOffers(world).isEmpty()) {
        continue; // its stem ended at once
      }
      onStem++;
      List<Said> refusals = world.said(ChunkRefusal.class);
      List<Said> receipts = world.said(ReceiptsMessage.class);
      awaitCommitted(world);
      int spreader = publicOffers(world).get(0).from();
      assertThat(receipts).allMatch(each -> each.from() == spreader);
      spies.remove(spreader);
      spies.forEach(
          (node, spy) ->
              assertThat(refusals).anyMatch(each -> each.from() == node && each.to() == spy));
    }
    assertThat(onStem).isGreaterThan(SEEDS / 2);
  }

  /** An offer costs nothing: whoever is asked so must not show whether it wrote the blob. */
  @Test
  void authorsAndRelaysAnswerAnOfferOfWhatTheyHandOnAlike() throws IOException {
    int compared = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      BlobWorld world = world(seed);
      Node author = world.nodes.get(0);
      Payload.Blob blob = author.writes(BlobWorld.content(seed));
      Node relay = world.nodes.get(author.route.peer().orElseThrow());
      world.runUntil(each -> relay.places.passing().isWhole(blob) || relay.keeps(blob));
      world.run(300);
      if (!publicOffers(world).isEmpty()) {
        continue; // its stem ended at once
      }
      compared++;
      world.lost = each -> each.message() instanceof BlobOffer;
      for (long sizeBytes : List.of(blob.sizeBytes() + 1, blob.sizeBytes())) {
        BlobOffer offer = new BlobOffer(blob.chunkRoot(), sizeBytes, true);
        List<String> expected = sizeBytes == blob.sizeBytes() ? List.of("BlobTaken") : List.of();
        assertThat(answers(world, author, offer)).isEqualTo(expected);
        assertThat(answers(world, relay, offer)).isEqualTo(expected);
      }
      world.run(3_700_000);
      BlobOffer offer = new BlobOffer(blob.chunkRoot(), blob.sizeBytes(), true);
      assertThat(answers(world, author, offer)).startsWith("ChunkRequest");
      if (!relay.keeps(blob)) { // else its stem ended there, at a replica
        assertThat(answers(world, relay, offer)).startsWith("ChunkRequest");
      }
    }
    assertThat(compared).isGreaterThan(SEEDS / 3);
  }

  @Test
  void afterARestartAnAuthorAnswersLikeARelayUntilItHandsItOnAgain() throws IOException {
    BlobWorld world = world(5);
    world.commits = false;
    Payload.Blob blob = world.nodes.get(0).writes(BlobWorld.content(5));
    world.lost = each -> each.message() instanceof BlobOffer;
    BlobOffer offer = new BlobOffer(blob.chunkRoot(), blob.sizeBytes(), true);
    assertThat(answers(world, world.nodes.get(0), offer)).containsExactly("BlobTaken");
    Node again = world.restart(0);
    assertThat(answers(world, again, offer)).startsWith("ChunkRequest");
    again.keeping.submitted(blob);
    assertThat(answers(world, again, offer)).contains("BlobTaken");
  }

  private static List<String> answers(BlobWorld world, Node asked, BlobOffer offer) {
    int spy = neitherSuccessorNorDetour(asked);
    int before = world.said.size();
    asked.keeping.onMessage(spy, offer);
    world.run(300);
    return world.said.subList(before, world.said.size()).stream()
        .filter(each -> each.from() == asked.index && each.to() == spy)
        .map(each -> each.message().getClass().getSimpleName())
        .filter(each -> !each.equals("ReceiptsMessage"))
        .toList();
  }

  private static int neitherSuccessorNorDetour(Node node) {
    return IntStream.range(0, 7)
        .filter(peer -> peer != node.index)
        .filter(peer -> node.route.peer().orElseThrow() != peer)
        .filter(peer -> node.route.detour().orElseThrow() != peer)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void replicasThatHadItOnItsStemFetchItLikeTheOthers() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      BlobWorld world = world(seed);
      Node author = world.nodes.get(0);
      Payload.Blob blob = author.writes(BlobWorld.content(seed));
      awaitCommitted(world);
      world.run(30_000);
      int spreads = publicOffers(world).get(0).from();
      long spreadMs = publicOffers(world).get(0).atMs();
      for (int replica : world.replicas(blob)) {
        assertThat(world.nodes.get(replica).keeps(blob)).isTrue();
        if (replica != spreads) {
          assertThat(world.said(ChunkRequest.class))
              .anyMatch(each -> each.from() == replica && each.atMs() >= spreadMs);
        }
      }
    }
  }

  @Test
  void aSuccessorThatDropsItIsFollowedByTheRoutesNextAndTheRecordStillCommits() throws IOException {
    for (int seed = 0; seed < 10; seed++) {
      BlobWorld world = world(seed);
      Node author = world.nodes.get(0);
      int successor = author.route.peer().orElseThrow();
      int next = author.route.detour().orElseThrow();
      world.lost = each -> each.from() == successor;
      author.writes(BlobWorld.content(seed));
      awaitCommitted(world);
      assertThat(world.said(BlobOffer.class))
          .filteredOn(each -> each.from() == author.index)
          .extracting(Said::to)
          .startsWith(successor)
          .contains(next);
    }
  }

  @Test
  void afterTheCommitNothingOfTheStemStays() throws IOException {
    BlobWorld world = world(3);
    Payload.Blob blob = world.nodes.get(0).writes(BlobWorld.content(3));
    awaitCommitted(world);
    world.run(60_000);
    for (Node each : world.nodes) {
      assertThat(each.places.passing().all()).isEmpty();
      assertThat(each.places.outgoing().all()).isEmpty();
      assertThat(each.keeps(blob)).isEqualTo(world.replicas(blob).contains(each.index));
    }
  }

  @Test
  void whatIsRelayedAndNeverCommittedIsGoneAfterAnHourOrARestart() throws IOException {
    BlobWorld world = world(4);
    world.commits = false;
    world.lost = each -> each.message() instanceof BlobOffer offer && !offer.stem();
    Node author = world.nodes.get(0);
    int successor = author.route.peer().orElseThrow();
    author.writes(BlobWorld.content(4));
    world.runUntil(each -> !each.nodes.get(successor).places.passing().all().isEmpty());
    Node relay = world.nodes.get(successor);
    world.down.add(author.index);
    world.run(3_700_000);
    assertThat(relay.places.passing().all()).isEmpty();
    assertThat(relay.places.room().usedBytes())
        .isEqualTo(relay.places.kept().all().size() * 3_000L);
  }
}
