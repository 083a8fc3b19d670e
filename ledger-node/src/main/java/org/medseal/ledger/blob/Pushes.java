package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Own blobs on their way: each is offered to the stem's successor alone, which passes it on to the
 * replicas; a successor that does not take it is followed by another, each later than the last:
 * whoever is offered a blob knows its author. One thread calls it.
 */
final class Pushes {
  private static final long STALLED_MS = 10_000;
  private static final long TAKEN_MS = 60_000;
  private static final int PATIENCE = 2;
  private static final long LONGEST_BACK_OFF_MS = 600_000;
  private static final int MAX_DOUBLINGS = 5;

  /** What one peer is given for all of a blob: a start, and so much for each chunk. */
  private static final long TOTAL_MS = 60_000;

  private static final long CHUNK_MS = 4_000;

  private final BlobSurroundings node;
  private final Predicate<Payload.Blob> enough;
  private final RandomGenerator random;
  private final Map<Hash, Push> pushes = new HashMap<>();

  private static final class Push {
    private final Payload.Blob blob;
    private int peer = -1;
    private final BitSet served = new BitSet();
    private int peers;
    private int offers;
    private long untilMs;
    private long endMs;

    Push(Payload.Blob blob, long nowMs) {
      this.blob = blob;
      this.untilMs = nowMs;
    }
  }

  /**
   * @param enough whether a blob has the receipts its record needs
   */
  Pushes(BlobSurroundings node, Predicate<Payload.Blob> enough, RandomGenerator random) {
    this.node = node;
    this.enough = enough;
    this.random = random;
  }

  void start(Payload.Blob blob, long nowMs) {
    pushes.computeIfAbsent(blob.chunkRoot(), root -> new Push(blob, nowMs));
  }

  void end(Hash chunkRoot) {
    pushes.remove(chunkRoot);
  }

  int size() {
    return pushes.size();
  }

  /**
   * Whether this peer is the one the blob is offered to; it then asks for chunks. Only a chunk it
   * had not asked for before is progress.
   */
  boolean isServed(int peer, ChunkRequest request, long nowMs) {
    Push push = pushes.get(request.chunkRoot());
    if (push == null || push.peer != peer) {
      return false;
    }
    int index = request.index();
    if (index < push.blob.chunkCount() && !push.served.get(index) && nowMs < push.endMs) {
      push.served.set(index);
      push.offers = 0;
      push.untilMs = Math.min(nowMs + STALLED_MS, push.endMs);
    }
    return true;
  }

  /** The successor has it whole; the replicas' receipts are next. */
  void taken(int peer, Hash chunkRoot, long nowMs) {
    Push push = pushes.get(chunkRoot);
    if (push != null && push.peer == peer) {
      push.untilMs = nowMs + TAKEN_MS;
    }
  }

  void tick(long nowMs) {
    for (Push push : new ArrayList<>(pushes.values())) {
      if (nowMs >= push.untilMs) {
        if (enough.test(push.blob)) {
          push.untilMs = nowMs + TAKEN_MS;
        } else {
          offer(push, nowMs);
        }
      }
    }
  }

  private void offer(Push push, long nowMs) {
    OptionalInt to = push.offers < PATIENCE ? node.successor().peer() : another(push);
    push.offers++;
    if (to.isPresent()) {
      turnTo(push, to.getAsInt(), nowMs);
      node.offer(push.peer, new BlobOffer(push.blob.chunkRoot(), push.blob.sizeBytes(), true));
    }
    push.untilMs = nowMs + (push.offers < PATIENCE ? STALLED_MS : backOffMs(push.peers));
  }

  private static void turnTo(Push push, int peer, long nowMs) {
    if (push.peer != peer) {
      push.peer = peer;
      push.peers++;
      push.served.clear();
      push.endMs = nowMs + TOTAL_MS + CHUNK_MS * push.blob.chunkCount();
    }
  }

  /** As long again for each peer that has been asked, and by chance longer still. */
  private long backOffMs(int peers) {
    long mean = STALLED_MS << Math.min(peers, MAX_DOUBLINGS);
    double exponential = -Math.log(1 - random.nextDouble());
    return Math.min(LONGEST_BACK_OFF_MS, mean + (long) (mean * exponential));
  }

  /** The successor takes nothing: somebody else, by a choice that says nothing of this node. */
  private OptionalInt another(Push push) {
    List<Integer> others = new ArrayList<>(node.connected());
    others.remove(Integer.valueOf(push.peer));
    if (others.isEmpty()) {
      return node.successor().peer();
    }
    int choice = Math.floorMod(push.blob.chunkRoot().hashCode() + push.offers, others.size());
    return OptionalInt.of(others.get(choice));
  }
}
