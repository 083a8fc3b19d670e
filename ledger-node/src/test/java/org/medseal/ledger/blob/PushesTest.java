package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.StemSuccessor;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

class PushesTest {
  private static final Payload.Blob BLOB =
      new Payload.Blob(Hash.ZERO, 3L * Payload.Blob.CHUNK_BYTES, 3);
  private static final long HOUR_MS = 3_600_000;
  private static final int SUCCESSOR = 1;
  private static final int DETOUR = 9;

  private final List<Integer> offered = new ArrayList<>();
  private final List<Long> turns = new ArrayList<>();
  private final List<Payload.Blob> spread = new ArrayList<>();
  private final Random random = new Random(1);
  private final Route route = new Route();
  private final Pushes pushes = new Pushes(node(), blob -> false, this::spread);
  private long nowMs;

  /** Goes to the next peer whenever one fails. */
  private static final class Route implements StemSuccessor {
    private int successor = SUCCESSOR;

    @Override
    public OptionalInt peer() {
      return OptionalInt.of(successor);
    }

    @Override
    public OptionalInt detour() {
      return OptionalInt.of(DETOUR);
    }

    @Override
    public void failed(int peer) {
      successor += peer == successor ? 1 : 0;
    }
  }

  private BlobSurroundings node() {
    return (BlobSurroundings)
        Proxy.newProxyInstance(
            BlobSurroundings.class.getClassLoader(),
            new Class<?>[] {BlobSurroundings.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "offer" -> remember((Integer) arguments[0]);
                  case "successor" -> route;
                  case "random" -> random;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private boolean remember(int peer) {
    if (offered.isEmpty() || offered.get(offered.size() - 1) != peer) {
      turns.add(nowMs);
    }
    return offered.add(peer);
  }

  private void spread(Payload.Blob blob) {
    spread.add(blob);
    pushes.end(blob.chunkRoot());
  }

  private void ask(int index) {
    assertThat(pushes.isServed(SUCCESSOR, new ChunkRequest(BLOB.chunkRoot(), index), nowMs))
        .isTrue();
  }

  private void runUntil(long endMs) {
    for (; nowMs < endMs; nowMs += 500) {
      pushes.tick(nowMs);
    }
  }

  @Test
  void eachFurtherPeerIsTheRoutesNextAndAskedLaterThanTheLast() {
    pushes.start(BLOB, true, nowMs);
    runUntil(HOUR_MS);
    assertThat(offered).startsWith(SUCCESSOR, SUCCESSOR, SUCCESSOR + 1).isSorted();
    assertThat(turns).hasSizeBetween(4, 20);
    for (int i = 1; i < turns.size(); i++) {
      long doubled = 10_000L << Math.min(i, 5);
      assertThat(turns.get(i) - turns.get(i - 1)).isGreaterThanOrEqualTo(doubled);
    }
    assertThat(spread).as("an author offers nothing to the replicas").isEmpty();
  }

  @Test
  void whatIsNotOwnEndsUpWithTheReplicasIfNothingComesOfIt() {
    pushes.start(BLOB, false, nowMs);
    runUntil(HOUR_MS);
    assertThat(spread).containsExactly(BLOB);
  }

  @Test
  void aSuccessorThatHasTakenItIsFollowedOnlyAfterTheTimeTheWayNeeds() {
    pushes.start(BLOB, true, nowMs);
    runUntil(1_000);
    nowMs = 8_000;
    ask(0);
    pushes.taken(SUCCESSOR, BLOB.chunkRoot(), nowMs);
    runUntil(8_000 + 4 * 7_000 + 6_000);
    assertThat(offered).containsOnly(SUCCESSOR);
    runUntil(HOUR_MS);
    assertThat(offered).contains(SUCCESSOR + 1);
  }

  @Test
  void whatComesRoundTakesTheOtherWayOnce() {
    pushes.start(BLOB, true, nowMs);
    runUntil(1_000);
    pushes.cameRound(BLOB.chunkRoot(), nowMs);
    runUntil(2_000);
    assertThat(offered).containsExactly(SUCCESSOR, DETOUR);
    pushes.cameRound(BLOB.chunkRoot(), nowMs);
    runUntil(4_000);
    assertThat(offered).containsExactly(SUCCESSOR, DETOUR);
  }

  @Test
  void toAskForTheSameChunkAgainIsNoProgress() {
    pushes.start(BLOB, true, nowMs);
    for (; nowMs < HOUR_MS && turns.size() < 2; nowMs += 1_000) {
      pushes.tick(nowMs);
      if (turns.size() == 1) {
        ask(0);
      }
    }
    assertThat(turns).hasSize(2);
  }

  @Test
  void aSuccessorThatAsksForChunkAfterChunkKeepsItsTurn() {
    pushes.start(BLOB, true, nowMs);
    runUntil(1_000);
    for (int index = 0; index < BLOB.chunkCount(); index++) {
      ask(index);
      nowMs += 9_000;
      pushes.tick(nowMs);
    }
    assertThat(offered).containsOnly(SUCCESSOR);
  }
}
