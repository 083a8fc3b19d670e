package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.Validator;

/**
 * Blobs whose stem ended here and that go on to the replicas, the one they came from not excepted:
 * nobody is to be told apart by not being offered them. One thread calls it.
 */
final class Relays {
  private static final long AGAIN_MS = 3_000;
  private static final int MAX = 1_024;

  private final BlobSurroundings node;
  private final ReplicaPeers replicas;
  private final Map<Hash, Relay> relays = new HashMap<>();

  private static final class Relay {
    private final Payload.Blob blob;
    private final long lastHeight;
    private long dueMs;

    Relay(Payload.Blob blob, long lastHeight) {
      this.blob = blob;
      this.lastHeight = lastHeight;
    }
  }

  Relays(BlobSurroundings node, ReplicaPeers replicas) {
    this.node = node;
    this.replicas = replicas;
  }

  void start(Payload.Blob blob) {
    if (relays.size() < MAX) {
      long lastHeight = node.height() + node.genesis().parameters().maxExpiryBlocks();
      relays.putIfAbsent(blob.chunkRoot(), new Relay(blob, lastHeight));
    }
  }

  boolean isSpreading(Hash chunkRoot) {
    return relays.containsKey(chunkRoot);
  }

  void end(Hash chunkRoot) {
    relays.remove(chunkRoot);
  }

  /** Not beyond the height at which every record naming it has expired. */
  void tick(long nowMs) {
    relays.values().removeIf(each -> node.height() > each.lastHeight);
    for (Relay relay : new ArrayList<>(relays.values())) {
      if (nowMs >= relay.dueMs) {
        relay.dueMs = nowMs + AGAIN_MS;
        offer(relay);
      }
    }
  }

  private void offer(Relay relay) {
    boolean missing = false;
    for (Validator each : replicas.replicas(relay.blob.chunkRoot())) {
      OptionalInt peer = node.peer(each.institution());
      if (peer.isPresent() && !replicas.hasVouched(relay.blob, each)) {
        missing = true;
        node.offer(
            peer.getAsInt(), new BlobOffer(relay.blob.chunkRoot(), relay.blob.sizeBytes(), false));
      }
    }
    if (!missing) {
      end(relay.blob.chunkRoot());
    }
  }
}
