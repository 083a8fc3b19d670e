package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Own blobs on their way: each is offered to the stem's successor alone, which passes it on to the
 * replicas; a successor that does not take it is followed by another. One thread calls it.
 */
final class Pushes {
  private static final long STALLED_MS = 10_000;
  private static final long TAKEN_MS = 60_000;
  private static final int PATIENCE = 2;

  private final BlobSurroundings node;
  private final ReplicaPeers replicas;
  private final Map<Hash, Push> pushes = new HashMap<>();

  private static final class Push {
    private final Payload.Blob blob;
    private int peer = -1;
    private int offers;
    private long untilMs;

    Push(Payload.Blob blob, long nowMs) {
      this.blob = blob;
      this.untilMs = nowMs;
    }
  }

  Pushes(BlobSurroundings node, ReplicaPeers replicas) {
    this.node = node;
    this.replicas = replicas;
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

  /** Whether this peer is the one the blob is offered to; it then asks for chunks. */
  boolean isServed(int peer, Hash chunkRoot, long nowMs) {
    Push push = pushes.get(chunkRoot);
    if (push == null || push.peer != peer) {
      return false;
    }
    push.offers = 0;
    push.untilMs = nowMs + STALLED_MS;
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
        push.untilMs = nowMs + (replicas.isEnough(push.blob) ? TAKEN_MS : STALLED_MS);
        offer(push);
      }
    }
  }

  private void offer(Push push) {
    if (replicas.isEnough(push.blob)) {
      return;
    }
    OptionalInt to = push.offers < PATIENCE ? node.successor().peer() : another(push);
    push.offers++;
    if (to.isPresent()) {
      push.peer = to.getAsInt();
      node.offer(push.peer, new BlobOffer(push.blob.chunkRoot(), push.blob.sizeBytes(), true));
    }
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
