package org.medseal.ledger.blob;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Gives peers the chunks they ask for, as fast as each of them reads, in turn. One thread calls it.
 */
final class ChunkServer {
  /** A peer that asks for more at a time is refused. */
  static final int MAX_WAITING = 32;

  private final BlobSurroundings node;
  private final Copies allowed;
  private final Damage damage;
  private final Map<Integer, Deque<ChunkRequest>> requests = new HashMap<>();

  /** The copy, if any, from which a peer is given what it asks for. */
  interface Copies {
    Optional<Copy> copy(int peer, ChunkRequest request);
  }

  /** Told of a chunk whose bytes are not what they were. */
  interface Damage {
    void found(Copy blob, int index, BlobException what);
  }

  /**
   * @param allowed which copy, if any, a peer may be given of a blob
   */
  ChunkServer(BlobSurroundings node, Copies allowed, Damage damage) {
    this.node = node;
    this.allowed = allowed;
    this.damage = damage;
  }

  void onRequest(int peer, ChunkRequest request) {
    Deque<ChunkRequest> waiting = requests.computeIfAbsent(peer, each -> new ArrayDeque<>());
    if (waiting.size() >= MAX_WAITING) {
      refuse(peer, request);
    } else {
      waiting.add(request);
    }
  }

  void forget(int peer) {
    requests.remove(peer);
  }

  /** True while somebody waits. */
  boolean serve() {
    boolean waiting = false;
    for (int peer : new ArrayList<>(requests.keySet())) {
      Deque<ChunkRequest> queue = requests.get(peer);
      if (!queue.isEmpty() && node.hasRoom(peer)) {
        serve(peer, queue.remove());
      }
      waiting |= !queue.isEmpty();
    }
    return waiting;
  }

  private void serve(int peer, ChunkRequest request) {
    Optional<Copy> blob =
        allowed
            .copy(peer, request)
            .filter(each -> request.index() < BlobHead.of(each.held()).chunkCount());
    if (blob.isEmpty()) {
      refuse(peer, request);
      return;
    }
    try {
      byte[] chunk = blob.get().read(request.index());
      send(peer, request, chunk, blob.get().prove(request.index()).path());
    } catch (BlobException e) {
      refuse(peer, request);
      damage.found(blob.get(), request.index(), e);
    }
  }

  private void send(int peer, ChunkRequest request, byte[] chunk, List<Hash> path) {
    for (int at = 0; at < chunk.length; at += ChunkPiece.MAX_BYTES) {
      int end = Math.min(chunk.length, at + ChunkPiece.MAX_BYTES);
      boolean sent =
          node.offer(
              peer,
              new ChunkPiece(
                  request.chunkRoot(),
                  request.index(),
                  at,
                  Bytes.of(chunk, at, end),
                  end == chunk.length ? path : List.of()));
      if (!sent) {
        return;
      }
    }
  }

  private void refuse(int peer, ChunkRequest request) {
    node.offer(peer, new ChunkRefusal(request.chunkRoot(), request.index()));
  }
}
