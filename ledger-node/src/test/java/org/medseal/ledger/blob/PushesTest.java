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

  private final List<Integer> offered = new ArrayList<>();
  private final List<Long> turns = new ArrayList<>();
  private final Pushes pushes = new Pushes(node(), blob -> false, new Random(1));
  private long nowMs;

  private BlobSurroundings node() {
    return (BlobSurroundings)
        Proxy.newProxyInstance(
            BlobSurroundings.class.getClassLoader(),
            new Class<?>[] {BlobSurroundings.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "offer" -> remember((Integer) arguments[0]);
                  case "connected" -> List.of(SUCCESSOR, 2, 3, 4, 5, 6);
                  case "successor" -> (StemSuccessor) () -> OptionalInt.of(SUCCESSOR);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private boolean remember(int peer) {
    if (offered.isEmpty() || offered.get(offered.size() - 1) != peer) {
      turns.add(nowMs);
    }
    return offered.add(peer);
  }

  private void ask(int index) {
    assertThat(pushes.isServed(SUCCESSOR, new ChunkRequest(BLOB.chunkRoot(), index), nowMs))
        .isTrue();
  }

  @Test
  void eachFurtherPeerIsAskedLaterThanTheLast() {
    pushes.start(BLOB, nowMs);
    for (; nowMs < HOUR_MS; nowMs += 1_000) {
      pushes.tick(nowMs);
    }
    assertThat(offered).startsWith(SUCCESSOR, SUCCESSOR);
    assertThat(turns).hasSizeBetween(4, 20);
    for (int i = 1; i < turns.size(); i++) {
      long doubled = 10_000L << Math.min(i, 5);
      assertThat(turns.get(i) - turns.get(i - 1)).isGreaterThanOrEqualTo(doubled);
    }
  }

  @Test
  void toAskForTheSameChunkAgainIsNoProgress() {
    pushes.start(BLOB, nowMs);
    for (; nowMs < HOUR_MS && turns.size() < 2; nowMs += 1_000) {
      pushes.tick(nowMs);
      if (turns.size() < 2) {
        ask(0);
      }
    }
    assertThat(turns).hasSize(2);
  }

  @Test
  void aSuccessorThatAsksForChunkAfterChunkKeepsItsTurn() {
    pushes.start(BLOB, nowMs);
    for (int index = 0; index < BLOB.chunkCount(); index++) {
      pushes.tick(nowMs);
      nowMs += 9_000;
      ask(index);
    }
    pushes.tick(nowMs);
    assertThat(offered).containsExactly(SUCCESSOR);
  }
}
