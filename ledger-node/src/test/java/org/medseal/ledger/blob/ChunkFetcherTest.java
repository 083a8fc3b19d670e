package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.Digests;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.ReceiptPool;
import org.medseal.ledger.engine.embedded.StemSuccessor;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ValidatorSet;

class ChunkFetcherTest {
  private static final int CHUNK = Payload.Blob.CHUNK_BYTES;
  private static final byte[] FIRST = content(CHUNK);
  private static final byte[] LAST = content(300_000);
  private static final ChunkTree TREE =
      new ChunkTree(List.of(Hash.of(Digests.sha256(FIRST)), Hash.of(Digests.sha256(LAST))));
  private static final Payload.Blob BLOB = new Payload.Blob(TREE.root(), CHUNK + 300_000, 2);

  private final Wire wire = new Wire();
  private final ChunkFetcher fetcher = new ChunkFetcher(wire);

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  /** Remembers what was sent, and to whom nothing can be sent. */
  private static final class Wire implements BlobSurroundings {
    private final List<String> asked = new ArrayList<>();
    private final Set<Integer> deaf = new HashSet<>();

    @Override
    public boolean offer(int peer, BlobMessage message) {
      asked.add(peer + ":" + ((ChunkRequest) message).index());
      return !deaf.contains(peer);
    }

    @Override
    public Genesis genesis() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String institution() {
      return "own";
    }

    @Override
    public long height() {
      return 0;
    }

    @Override
    public ValidatorSet validators() {
      return new ValidatorSet(List.of());
    }

    @Override
    public boolean isAtTip() {
      return true;
    }

    @Override
    public int institutions() {
      return 4;
    }

    @Override
    public long monotonicMs() {
      return 0;
    }

    @Override
    public RandomGenerator random() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Bytes validatorKey() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] sign(byte[] message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OptionalInt peer(String institution) {
      return OptionalInt.empty();
    }

    @Override
    public List<Integer> connected() {
      return List.of();
    }

    @Override
    public boolean hasRoom(int peer) {
      return true;
    }

    @Override
    public StemSuccessor successor() {
      return OptionalInt::empty;
    }

    @Override
    public ReceiptPool receipts() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void receiptsArrived() {}

    @Override
    public void failed(Error cause) {
      throw cause;
    }

    @Override
    public List<Payload.Blob> blobsAt(long height) {
      return List.of();
    }
  }

  private static ChunkPiece piece(int index, int offset, byte[] bytes, List<Hash> path) {
    return new ChunkPiece(BLOB.chunkRoot(), index, offset, Bytes.of(bytes), path);
  }

  private static List<ChunkPiece> pieces(int index, byte[] chunk) {
    List<ChunkPiece> pieces = new ArrayList<>();
    for (int at = 0; at < chunk.length; at += ChunkPiece.MAX_BYTES) {
      int end = Math.min(chunk.length, at + ChunkPiece.MAX_BYTES);
      List<Hash> path = end == chunk.length ? TREE.prove(index).path() : List.of();
      pieces.add(piece(index, at, Arrays.copyOfRange(chunk, at, end), path));
    }
    return pieces;
  }

  private CompletableFuture<byte[]> fetch(int index, Integer... sources) {
    return fetcher.fetch(BLOB, index, List.of(sources), 0);
  }

  @Test
  void aPeerOwesAChunkFromTheQuestionToTheAnswer() {
    assertThat(fetcher.isAwaitedFrom(1)).isFalse();
    CompletableFuture<byte[]> first = fetch(0, 1, 2);
    CompletableFuture<byte[]> last = fetch(1, 1, 2);
    assertThat(fetcher.isAwaitedFrom(1)).isTrue();
    assertThat(fetcher.isAwaitedFrom(2)).isFalse();
    pieces(0, FIRST).forEach(each -> fetcher.onPiece(1, each, 1));
    assertThat(first).isCompleted();
    assertThat(fetcher.isAwaitedFrom(1)).as("the other one").isTrue();
    fetcher.onRefusal(1, new ChunkRefusal(BLOB.chunkRoot(), 1), 1);
    assertThat(fetcher.isAwaitedFrom(1)).isFalse();
    fetcher.tick(501);
    assertThat(fetcher.isAwaitedFrom(2)).isTrue();
    fetcher.tick(11_000);
    assertThat(fetcher.isAwaitedFrom(2)).as("has had its turn").isFalse();
    assertThat(last).isNotCompleted();
  }

  @Test
  void whoCannotBeAskedOwesNothing() {
    wire.deaf.add(1);
    CompletableFuture<byte[]> chunk = fetch(0, 1);
    assertThat(fetcher.isAwaitedFrom(1)).isFalse();
    wire.deaf.clear();
    fetcher.tick(1_000);
    assertThat(fetcher.isAwaitedFrom(1)).isTrue();
    chunk.cancel(false);
    assertThat(fetcher.isAwaitedFrom(1)).as("nobody wants it any more").isFalse();
  }

  @Test
  void aChunkInPartsWithItsProofIsTaken() {
    CompletableFuture<byte[]> first = fetch(0, 1);
    pieces(0, FIRST).forEach(each -> fetcher.onPiece(1, each, 1));
    assertThat(first).isCompletedWithValueMatching(each -> Arrays.equals(each, FIRST));
    CompletableFuture<byte[]> last = fetch(1, 1);
    pieces(1, LAST).forEach(each -> fetcher.onPiece(1, each, 1));
    assertThat(last).isCompletedWithValueMatching(each -> Arrays.equals(each, LAST));
    assertThat(fetcher.waiting()).isZero();
  }

  @Test
  void aFlippedBitTurnsToTheNextSource() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    byte[] other = LAST.clone();
    other[7] ^= 1;
    pieces(1, other).forEach(each -> fetcher.onPiece(1, each, 1));
    assertThat(chunk).isNotDone();
    pieces(1, LAST).forEach(each -> fetcher.onPiece(2, each, 1));
    assertThat(chunk).isCompletedWithValueMatching(each -> Arrays.equals(each, LAST));
    assertThat(wire.asked).containsExactly("1:1", "2:1");
  }

  @Test
  void theRightBytesInAnotherPlaceAreNotTaken() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    fetcher.onPiece(1, piece(1, 0, Arrays.copyOf(FIRST, 1000), TREE.prove(0).path()), 1);
    fetcher.onPiece(1, piece(1, 900, new byte[10], List.of()), 1);
    assertThat(wire.asked).containsExactly("1:1", "2:1");
    assertThat(chunk).isNotDone();
  }

  @Test
  void moreThanTheChunkIsNotTaken() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    fetcher.onPiece(1, piece(1, 0, Arrays.copyOf(FIRST, 250_000), List.of()), 1);
    fetcher.onPiece(1, piece(1, 250_000, Arrays.copyOf(FIRST, 50_001), List.of()), 1);
    assertThat(wire.asked).containsExactly("1:1", "2:1");
    assertThat(chunk).isNotDone();
  }

  @Test
  void whatNobodyAskedForIsDropped() {
    fetcher.onPiece(1, piece(0, 0, new byte[100], List.of()), 1);
    CompletableFuture<byte[]> chunk = fetch(1, 1);
    pieces(1, LAST).forEach(each -> fetcher.onPiece(2, each, 1));
    assertThat(chunk).isNotDone();
  }

  @Test
  void anAbsurdPathIsRefusedNotThrown() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    List<Hash> path = new ArrayList<>();
    for (int i = 0; i < ChunkPiece.MAX_PATH; i++) {
      path.add(Hash.ZERO);
    }
    fetcher.onPiece(1, piece(1, 0, Arrays.copyOf(LAST, 250_000), List.of()), 1);
    fetcher.onPiece(1, piece(1, 250_000, Arrays.copyOfRange(LAST, 250_000, 300_000), path), 1);
    assertThat(chunk).isNotDone();
    assertThat(wire.asked).containsExactly("1:1", "2:1");
  }

  @Test
  void whoeverStaysSilentHasHadItsTurn() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    fetcher.tick(9_000);
    assertThat(wire.asked).containsExactly("1:1");
    fetcher.tick(10_000);
    assertThat(wire.asked).containsExactly("1:1", "2:1");
    assertThat(chunk).isNotDone();
  }

  @Test
  void aRefusalGoesOnToTheNextAfterAPause() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    fetcher.onRefusal(1, new ChunkRefusal(BLOB.chunkRoot(), 1), 100);
    fetcher.tick(200);
    assertThat(wire.asked).containsExactly("1:1");
    fetcher.tick(700);
    assertThat(wire.asked).containsExactly("1:1", "2:1");
    assertThat(chunk).isNotDone();
  }

  @Test
  void whenNobodyCanBeAskedItEndsAndFreesItsMemory() {
    wire.deaf.add(1);
    wire.deaf.add(2);
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    for (int nowMs = 0; nowMs < 20_000; nowMs += 500) {
      fetcher.tick(nowMs);
    }
    assertThat(chunk).isCompletedExceptionally();
    assertThat(fetcher.waiting()).isZero();
    assertThat(wire.asked).hasSize(6);
  }

  @Test
  void twoWhoWantTheSameChunkShareOneRequest() {
    CompletableFuture<byte[]> one = fetch(1, 1);
    CompletableFuture<byte[]> other = fetch(1, 1);
    pieces(1, LAST).forEach(each -> fetcher.onPiece(1, each, 1));
    assertThat(one).isCompletedWithValueMatching(each -> Arrays.equals(each, LAST));
    assertThat(other).isCompletedWithValueMatching(each -> Arrays.equals(each, LAST));
    assertThat(wire.asked).containsExactly("1:1");
  }

  @Test
  void whoeverGivesAByteNowAndThenHasHadItsTurnToo() {
    CompletableFuture<byte[]> chunk = fetch(1, 1, 2);
    for (int i = 0; i < 4; i++) {
      fetcher.onPiece(1, piece(1, i, Arrays.copyOfRange(LAST, i, i + 1), List.of()), 9_000L * i);
      fetcher.tick(9_000L * i + 8_999);
    }
    fetcher.onPiece(1, piece(1, 4, Arrays.copyOfRange(LAST, 4, 5), List.of()), 36_000);
    assertThat(wire.asked).containsExactly("1:1");
    fetcher.tick(40_000);
    assertThat(wire.asked).containsExactly("1:1", "2:1");
    assertThat(chunk).isNotDone();
  }

  @Test
  void whoWantsTheSameChunkBringsItsSources() {
    CompletableFuture<byte[]> one = fetch(1, 1);
    CompletableFuture<byte[]> other = fetch(1, 1, 2);
    fetcher.tick(10_000);
    assertThat(wire.asked).containsExactly("1:1", "2:1");
    pieces(1, LAST).forEach(each -> fetcher.onPiece(2, each, 10_001));
    assertThat(one).isCompletedWithValueMatching(each -> Arrays.equals(each, LAST));
    assertThat(other).isCompletedWithValueMatching(each -> Arrays.equals(each, LAST));
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsForgotten() {
    CompletableFuture<byte[]> one = fetch(1, 1);
    CompletableFuture<byte[]> other = fetch(1, 1);
    assertThat(one.cancel(false)).isTrue();
    assertThat(other).isNotDone();
    assertThat(fetcher.waiting()).isOne();
    assertThat(other.cancel(false)).isTrue();
    assertThat(fetcher.waiting()).isZero();
  }
}
