package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Asks peers for chunks, one peer at a time for each. Memory is taken only for what was asked for,
 * and a chunk counts only with its proof. One thread calls it and completes its futures.
 */
final class ChunkFetcher {
  private static final long PATIENCE_MS = 10_000;
  private static final long PAUSE_MS = 500;
  private static final int ROUNDS = 3;

  /** What one peer is given for a chunk, however often it sends a piece. */
  private static final long LONGEST_MS = 40_000;

  private final BlobSurroundings node;
  private final Map<Key, Wait> waits = new HashMap<>();
  private final Map<Integer, Integer> owed = new ConcurrentHashMap<>(); // chunks, by peer

  private record Key(Payload.Blob blob, int index) {}

  private static final class Wait {
    private final Payload.Blob blob;
    private final int index;
    private final List<Integer> sources;
    private final byte[] chunk;
    private final List<CompletableFuture<byte[]>> callers = new ArrayList<>();
    private int attempts;
    private int asked = -1;
    private int filled;
    private long untilMs;
    private long endMs;

    Wait(Payload.Blob blob, int index, List<Integer> sources) {
      this.blob = blob;
      this.index = index;
      this.sources = new ArrayList<>(sources);
      this.chunk = new byte[new BlobHead(blob.chunkRoot(), blob.sizeBytes(), 0).chunkLength(index)];
    }
  }

  ChunkFetcher(BlobSurroundings node) {
    this.node = node;
  }

  /**
   * The chunk, proven; fails with UNAVAILABLE once the sources have been asked several times.
   * Whoever cancels it is waited for no longer; those who want the same chunk have each other's
   * sources.
   */
  CompletableFuture<byte[]> fetch(Payload.Blob blob, int index, List<Integer> sources, long nowMs) {
    Key key = new Key(blob, index);
    Wait known = waits.get(key);
    if (known != null) {
      sources.stream().filter(each -> !known.sources.contains(each)).forEach(known.sources::add);
      return answer(known);
    }
    Wait wait = new Wait(blob, index, sources);
    waits.put(key, wait);
    CompletableFuture<byte[]> answer = answer(wait);
    askNext(wait, nowMs);
    return answer;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // told of a cancellation only
  private CompletableFuture<byte[]> answer(Wait wait) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    wait.callers.add(answer);
    answer.whenComplete(
        (chunk, failure) -> {
          wait.callers.removeIf(each -> each == answer);
          if (answer.isCancelled() && wait.callers.isEmpty()) {
            forget(wait);
          }
        });
    return answer;
  }

  private void askNext(Wait wait, long nowMs) {
    wait.filled = 0;
    turnTo(wait, -1);
    int most = ROUNDS * wait.sources.size();
    while (wait.attempts < most) {
      int peer = wait.sources.get(wait.attempts % wait.sources.size());
      wait.attempts++;
      turnTo(wait, peer); // before it is asked: the answer comes on another thread
      if (node.offer(peer, new ChunkRequest(wait.blob.chunkRoot(), wait.index))) {
        wait.untilMs = nowMs + PATIENCE_MS;
        wait.endMs = nowMs + LONGEST_MS;
        return;
      }
      turnTo(wait, -1);
      if (wait.attempts % wait.sources.size() == 0 && wait.attempts < most) {
        wait.untilMs = nowMs + PAUSE_MS;
        return;
      }
    }
    forget(wait);
    BlobException failure =
        new BlobException(
            Reason.UNAVAILABLE,
            "chunk " + wait.index + " of blob " + wait.blob.chunkRoot() + ": no replica gives it");
    List.copyOf(wait.callers).forEach(each -> each.completeExceptionally(failure));
  }

  /** Whom it is asked of from now on; -1 for nobody. */
  private void turnTo(Wait wait, int peer) {
    if (wait.asked >= 0) {
      owed.computeIfPresent(wait.asked, (any, count) -> count == 1 ? null : count - 1);
    }
    wait.asked = peer;
    if (peer >= 0) {
      owed.merge(peer, 1, Integer::sum);
    }
  }

  private void forget(Wait wait) {
    turnTo(wait, -1);
    waits.remove(new Key(wait.blob, wait.index), wait);
  }

  /** Whether this peer owes a chunk; from any thread. */
  boolean isAwaitedFrom(int peer) {
    return owed.containsKey(peer);
  }

  void onPiece(int peer, ChunkPiece piece, long nowMs) {
    asked(peer, piece.chunkRoot(), piece.index()).forEach(wait -> onPiece(wait, piece, nowMs));
  }

  /** Of a root whose size is in doubt there may be several. */
  private List<Wait> asked(int peer, Hash chunkRoot, int index) {
    return waits.values().stream()
        .filter(each -> each.asked == peer && each.index == index)
        .filter(each -> each.blob.chunkRoot().equals(chunkRoot))
        .toList();
  }

  private void onPiece(Wait wait, ChunkPiece piece, long nowMs) {
    int end = piece.offset() + piece.bytes().length();
    if (piece.offset() != wait.filled || end > wait.chunk.length) {
      askNext(wait, nowMs);
      return;
    }
    piece.bytes().copyTo(wait.chunk, piece.offset());
    wait.filled = end;
    wait.untilMs = Math.min(nowMs + PATIENCE_MS, wait.endMs);
    if (end == wait.chunk.length) {
      finish(wait, piece.path(), nowMs);
    }
  }

  private void finish(Wait wait, List<Hash> path, long nowMs) {
    InclusionProof proof = new InclusionProof(wait.index, wait.blob.chunkCount(), path);
    Hash hash = Hash.of(Digests.sha256(wait.chunk));
    if (!ChunkTree.isProven(hash, proof, wait.blob.chunkRoot())) {
      askNext(wait, nowMs);
      return;
    }
    forget(wait);
    List.copyOf(wait.callers).forEach(each -> each.complete(wait.chunk));
  }

  void onRefusal(int peer, ChunkRefusal refusal, long nowMs) {
    for (Wait wait : asked(peer, refusal.chunkRoot(), refusal.index())) {
      turnTo(wait, -1);
      wait.untilMs = nowMs + PAUSE_MS;
    }
  }

  /** Whoever has not answered in time has had its turn. */
  void tick(long nowMs) {
    for (Wait wait : new ArrayList<>(waits.values())) {
      if (nowMs >= wait.untilMs && !wait.callers.isEmpty()) {
        askNext(wait, nowMs);
      }
    }
  }

  /** Chunks asked for. */
  int waiting() {
    return waits.size();
  }

  void close() {
    BlobException closed = new BlobException(Reason.CLOSED, "the node is closing");
    for (Wait wait : new ArrayList<>(waits.values())) {
      List.copyOf(wait.callers).forEach(each -> each.completeExceptionally(closed));
    }
    waits.clear();
    owed.clear();
  }
}
