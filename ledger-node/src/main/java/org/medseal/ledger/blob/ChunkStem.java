package org.medseal.ledger.blob;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobTaken;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Carries blobs from node to node before anybody offers them to the replicas, along the same stem
 * as records (ADR 015). A node hands its own to its successor and never offers them itself; of
 * others', taken whole, it offers one in {@link #FLUFF_ONE_IN} to the replicas and hands on the
 * rest as if they were its own. What lies here for that neither counts as kept nor is it shown to
 * anybody but the peer it is handed to: else whoever asks could tell who is on the way and who
 * wrote it. One thread calls it.
 */
final class ChunkStem {
  static final int FLUFF_ONE_IN = 4;

  /** The author has its own copy and offers it again: so others' need not stay for long. */
  private static final long KEPT_MS = 3_600_000;

  private static final long KEPT_CHUNK_MS = 16_000;

  private final BlobSurroundings node;
  private final Places places;
  private final ReplicaPeers replicas;
  private final Downloads downloads;
  private final Pushes pushes;
  private final Relays relays;
  private final Consumer<Payload.Blob> keeps;
  private final Map<Hash, Integer> from = new HashMap<>();
  private final Map<Hash, Long> untilMs = new HashMap<>();
  private final Map<Hash, Long> ownUntilMs = new HashMap<>();

  /**
   * Where stems end.
   *
   * @param keeps told of a blob that this node, where its stem ended, is to keep as a replica
   * @param diskFull told that one ended for want of disk
   */
  record Ends(Consumer<Payload.Blob> keeps, Runnable diskFull) {}

  /**
   * @param ends told of what does not go on
   */
  ChunkStem(
      BlobSurroundings node,
      Places places,
      ReplicaPeers replicas,
      ChunkFetcher fetcher,
      Ends ends) {
    this.node = node;
    this.places = places;
    this.replicas = replicas;
    this.keeps = ends.keeps();
    this.downloads =
        new Downloads(
            places.passing(),
            node,
            fetcher,
            this::whole,
            new Downloads.Ends(from::remove, ends.diskFull()));
    this.pushes = new Pushes(node, replicas::isEnough, this::spread);
    this.relays = new Relays(node, replicas);
  }

  /** Sealed here. */
  void own(Payload.Blob blob) {
    long nowMs = node.monotonicMs();
    pushes.start(blob, true, nowMs);
    ownUntilMs.putIfAbsent(blob.chunkRoot(), nowMs + keptMs(blob));
  }

  void offered(int peer, Payload.Blob blob) {
    Hash chunkRoot = blob.chunkRoot();
    if (places.kept().isWhole(blob) || relays.isSpreading(chunkRoot)) {
      node.offer(peer, new BlobTaken(chunkRoot)); // its stem has ended
    } else if (places.passing().isWhole(blob) || isOwnAsPassing(blob)) {
      node.offer(peer, new BlobTaken(chunkRoot));
      pushes.cameRound(chunkRoot, node.monotonicMs());
    } else if (!isOwnOnItsWay(chunkRoot)) {
      downloads.offered(peer, blob);
      if (downloads.isRunning(blob)) {
        from.putIfAbsent(chunkRoot, peer); // as few as there are downloads
        untilMs.putIfAbsent(chunkRoot, node.monotonicMs() + keptMs(blob));
      }
    }
  }

  /**
   * An own blob is answered for as one that this node has taken whole and hands on, and for as
   * long: else an offer would tell its author from those on the way.
   */
  private boolean isOwnAsPassing(Payload.Blob blob) {
    return isOwnOnItsWay(blob.chunkRoot())
        && places
            .outgoing(blob.chunkRoot())
            .filter(each -> each.held().sizeBytes() == blob.sizeBytes())
            .isPresent();
  }

  private boolean isOwnOnItsWay(Hash chunkRoot) {
    Long endMs = ownUntilMs.get(chunkRoot);
    return endMs != null && node.monotonicMs() < endMs && places.outgoing(chunkRoot).isPresent();
  }

  private static long keptMs(Payload.Blob blob) {
    return KEPT_MS + KEPT_CHUNK_MS * blob.chunkCount();
  }

  /** The author has taken what it had written as anybody would, and goes on likewise. */
  private void whole(Payload.Blob blob) {
    Hash chunkRoot = blob.chunkRoot();
    Integer peer = from.remove(chunkRoot);
    if (peer != null) {
      node.offer(peer, new BlobTaken(chunkRoot));
    }
    long nowMs = node.monotonicMs();
    if (places.outgoing(chunkRoot).isPresent()) {
      pushes.start(blob, true, nowMs);
      pushes.cameRound(chunkRoot, nowMs);
    } else if (!node.successor().isUseful() || node.random().nextInt(FLUFF_ONE_IN) == 0) {
      spread(blob);
    } else {
      pushes.start(blob, false, nowMs);
    }
  }

  /** Its stem ends here: everybody may know from now on that this node has it. */
  private void spread(Payload.Blob blob) {
    pushes.end(blob.chunkRoot());
    relays.start(blob);
    if (replicas.isOwn(blob.chunkRoot()) && !places.kept().isWhole(blob)) {
      keeps.accept(blob);
    }
  }

  /** What a peer may be given of what has not come to the replicas. */
  Optional<Copy> copy(int peer, ChunkRequest request) {
    Hash chunkRoot = request.chunkRoot();
    if (pushes.isServed(peer, request, node.monotonicMs())) {
      return places.outgoing(chunkRoot).or(() -> places.passing(chunkRoot));
    }
    return relays.isSpreading(chunkRoot) && isReplica(peer, chunkRoot)
        ? places.passing(chunkRoot)
        : Optional.empty();
  }

  private boolean isReplica(int peer, Hash chunkRoot) {
    return replicas.replicas(chunkRoot).stream()
        .anyMatch(each -> node.peer(each.institution()).equals(OptionalInt.of(peer)));
  }

  void taken(int peer, Hash chunkRoot) {
    pushes.taken(peer, chunkRoot, node.monotonicMs());
  }

  void tick(long nowMs) {
    downloads.tick(nowMs);
    pushes.tick(nowMs);
    relays.tick(nowMs);
    untilMs.keySet().removeIf(each -> places.passing().find(each).isEmpty());
    ownUntilMs.keySet().removeIf(each -> places.outgoing(each).isEmpty());
    List.copyOf(untilMs.entrySet()).stream()
        .filter(each -> nowMs >= each.getValue())
        .forEach(each -> drop(each.getKey()));
  }

  /** A record on the ledger names it, or never will: nothing of it is on its way any more. */
  void end(Hash chunkRoot) {
    pushes.end(chunkRoot);
    drop(chunkRoot);
  }

  /** What does not come from this node itself. */
  private void drop(Hash chunkRoot) {
    relays.end(chunkRoot);
    downloads.giveUp(chunkRoot);
    places.passing().abandon(chunkRoot);
    from.remove(chunkRoot);
    untilMs.remove(chunkRoot);
    if (places.outgoing(chunkRoot).isEmpty()) {
      pushes.end(chunkRoot);
    }
  }

  /** The bytes of a blob on its way are not what they were: its author will offer it again. */
  void damaged(Hash chunkRoot) {
    drop(chunkRoot);
  }
}
