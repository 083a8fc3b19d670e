package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Blobs on their stem, own ones and others', each offered to the one successor alone. If it does
 * not take it, or nothing comes of it, the route's next successor follows, later each time: what an
 * author does any node on the way may do. Only others' blobs may then go to the replicas from here
 * instead. One thread calls it.
 */
final class Pushes {
  private static final long LONGEST_DELAY_MS = 500;
  private static final long STALLED_MS = 10_000;
  private static final long EMBARGO_MS = 6_000;
  private static final long CONTENT_MS = 60_000;

  /** The way is some hops long, and each takes the blob whole. */
  private static final int HOPS = 4;

  private static final int PATIENCE = 2;
  private static final long LONGEST_BACK_OFF_MS = 600_000;
  private static final int MAX_DOUBLINGS = 5;

  /** What one peer is given for all of a blob: a start, and so much for each chunk. */
  private static final long TOTAL_MS = 60_000;

  private static final long CHUNK_MS = 4_000;

  private final BlobSurroundings node;
  private final Predicate<Payload.Blob> enough;
  private final Consumer<Payload.Blob> spread;
  private final Map<Hash, Push> pushes = new HashMap<>();

  private static final class Push {
    private final Payload.Blob blob;
    private final boolean own;
    private final BitSet served = new BitSet();
    private int peer = -1;
    private boolean taken;
    private boolean detour;
    private int turns;
    private int offers;
    private long beganMs;
    private long dueMs;
    private long endMs;

    Push(Payload.Blob blob, boolean own) {
      this.blob = blob;
      this.own = own;
    }
  }

  /**
   * @param enough whether a blob has the receipts its record needs
   * @param spread offers another's blob to the replicas, so that its stem ends here
   */
  Pushes(BlobSurroundings node, Predicate<Payload.Blob> enough, Consumer<Payload.Blob> spread) {
    this.node = node;
    this.enough = enough;
    this.spread = spread;
  }

  void start(Payload.Blob blob, boolean own, long nowMs) {
    if (!pushes.containsKey(blob.chunkRoot())) {
      Push push = new Push(blob, own);
      push.dueMs = nowMs + node.random().nextLong(LONGEST_DELAY_MS);
      pushes.put(blob.chunkRoot(), push);
    }
  }

  void end(Hash chunkRoot) {
    pushes.remove(chunkRoot);
  }

  /**
   * It has come round to this node, which had handed it on: once, it takes the other way, or its
   * stem ends here.
   */
  void cameRound(Hash chunkRoot, long nowMs) {
    Push push = pushes.get(chunkRoot);
    if (push == null || push.detour) {
      return;
    }
    push.detour = true;
    if (!push.own && node.random().nextBoolean()) {
      spread.accept(push.blob);
    } else {
      startTurn(push);
      push.dueMs = nowMs + node.random().nextLong(LONGEST_DELAY_MS);
    }
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
      push.dueMs = Math.min(nowMs + STALLED_MS, push.endMs);
    }
    return true;
  }

  /** The successor has it whole; after some hops the replicas' receipts are to come. */
  void taken(int peer, Hash chunkRoot, long nowMs) {
    Push push = pushes.get(chunkRoot);
    if (push != null && push.peer == peer && !push.taken) {
      push.taken = true;
      long waysMs = HOPS * (nowMs - push.beganMs);
      push.dueMs = nowMs + waysMs + backOffMs(EMBARGO_MS, push.turns);
    }
  }

  void tick(long nowMs) {
    for (Push push : new ArrayList<>(pushes.values())) {
      if (nowMs >= push.dueMs) {
        if (enough.test(push.blob)) {
          push.dueMs = nowMs + CONTENT_MS;
        } else {
          goOn(push, nowMs);
        }
      }
    }
  }

  private void goOn(Push push, long nowMs) {
    if (push.taken || push.offers >= PATIENCE) {
      node.successor().failed(push.peer);
      push.detour = false;
      push.turns++;
      startTurn(push);
      if (!push.own && node.random().nextBoolean()) {
        spread.accept(push.blob);
        return;
      }
    }
    offer(push, nowMs);
  }

  private static void startTurn(Push push) {
    push.peer = -1;
    push.taken = false;
    push.offers = 0;
  }

  private void offer(Push push, long nowMs) {
    OptionalInt to =
        push.peer >= 0
            ? OptionalInt.of(push.peer)
            : push.detour ? node.successor().detour() : node.successor().peer();
    if (to.isPresent()) {
      turnTo(push, to.getAsInt(), nowMs);
      push.offers++;
      node.offer(push.peer, new BlobOffer(push.blob.chunkRoot(), push.blob.sizeBytes(), true));
    }
    push.dueMs =
        nowMs + (push.offers < PATIENCE ? STALLED_MS : backOffMs(2 * STALLED_MS, push.turns));
  }

  private static void turnTo(Push push, int peer, long nowMs) {
    if (push.peer != peer) {
      push.peer = peer;
      push.served.clear();
      push.beganMs = nowMs;
      push.endMs = nowMs + TOTAL_MS + CHUNK_MS * push.blob.chunkCount();
    }
  }

  /** As long again for each turn there has been, and by chance longer still. */
  private long backOffMs(long shortestMs, int turns) {
    long mean = shortestMs << Math.min(turns, MAX_DOUBLINGS);
    double exponential = -Math.log(1 - node.random().nextDouble());
    return Math.min(LONGEST_BACK_OFF_MS, mean + (long) (mean * exponential));
  }
}
