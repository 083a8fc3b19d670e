package org.medseal.ledger.blob;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobTaken;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does about blobs: takes in what is offered within its bounds, signs for what it
 * keeps, sees to what it should have, shows chunks when challenged. One thread calls it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what follows them reports what fails
final class BlobKeeping {
  private static final Logger LOG = LoggerFactory.getLogger(BlobKeeping.class);
  private static final long TICK_MS = 100;
  private static final long RETRY_MS = 1_000;
  private static final int MAX_CHALLENGES = 1_024;

  private final BlobSurroundings node;
  private final BlobStore store;
  private final BlobCatalog catalog;
  private final ReplicaPeers replicas;
  private final ChunkFetcher fetcher;
  private final ChunkServer server;
  private final Downloads downloads;
  private final Pushes pushes;
  private final Relays relays;
  private final Challenges challenges;
  private final Upkeep upkeep;
  private final Map<Hash, Integer> stems = new HashMap<>();
  private boolean caughtUp;
  private long wanted = -1;
  private long retriedMs;
  private long tickedMs;
  private long damaged;
  private long repaired;
  private volatile BlobStatus status = BlobStatus.NONE;

  BlobKeeping(BlobSurroundings node, BlobStore store, BlobCatalog catalog) {
    this.node = node;
    this.store = store;
    this.catalog = catalog;
    this.replicas = new ReplicaPeers(node);
    this.fetcher = new ChunkFetcher(node);
    this.server = new ChunkServer(store, node, this::allowed, this::damaged);
    this.downloads = new Downloads(store, node, fetcher, this::whole, stems::remove);
    this.pushes = new Pushes(node, replicas::isEnough, new SecureRandom());
    this.relays = new Relays(node, replicas);
    this.challenges = new Challenges(node, replicas);
    this.upkeep = new Upkeep(node, store, catalog, replicas);
  }

  BlobStatus status() {
    return status;
  }

  /** Blocks committed while the catalog was not written. */
  void catchUp(long height) {
    upkeep.lookAgain();
    catchUpTo(height, node::blobsAt);
  }

  void committed(long height, Hash blockId, List<Payload.Blob> blobs) {
    if (height <= catalog.height()) {
      return;
    }
    blobs.forEach(store::committed);
    catchUpTo(height, each -> each == height ? blobs : node.blobsAt(each));
    if (challenges.isDue(height)) {
      challenge(blockId);
    }
  }

  /** What a disk keeps it from is done later; until then nothing expires. */
  private void catchUpTo(long height, LongFunction<List<Payload.Blob>> blobsAt) {
    wanted = Math.max(wanted, height);
    caughtUp = false;
    try {
      for (long each = catalog.height() + 1; each <= wanted; each++) {
        note(each, blobsAt.apply(each));
      }
      caughtUp = true;
    } catch (BlobException e) {
      LOG.error("the blobs of block {} are noted later: {}", catalog.height() + 1, e.getMessage());
    }
  }

  /** In the catalog last: what fails before is done again. */
  private void note(long height, List<Payload.Blob> blobs) {
    blobs.forEach(store::committed);
    blobs.forEach(each -> upkeep.committed(each, downloads));
    catalog.add(height, blobs);
  }

  private void retry(long nowMs) {
    if (!caughtUp && wanted >= 0 && nowMs - retriedMs >= RETRY_MS) {
      retriedMs = nowMs;
      catchUpTo(wanted, node::blobsAt);
    }
  }

  void submitted(Payload.Blob blob) {
    if (store.outgoing(blob.chunkRoot()).isEmpty()) {
      return;
    }
    if (node.genesis().institutions().size() == 1 && node.validators().size() == 1) {
      downloads.adopt(blob); // nobody else is there to hide among
    } else {
      pushes.start(blob, BlobThread.monotonicMs());
    }
  }

  void onMessage(int peer, BlobMessage message) {
    long nowMs = BlobThread.monotonicMs();
    if (message instanceof ChunkPiece piece) {
      fetcher.onPiece(peer, piece, nowMs);
    } else if (message instanceof ChunkRequest request) {
      server.onRequest(peer, request);
    } else if (message instanceof ChunkRefusal refusal) {
      fetcher.onRefusal(peer, refusal, nowMs);
    } else if (message instanceof BlobOffer offer) {
      onOffer(peer, offer);
    } else if (message instanceof BlobTaken taken) {
      pushes.taken(peer, taken.chunkRoot(), nowMs);
    } else if (message instanceof ReceiptsMessage receipts) {
      receipts.receipts().forEach(replicas::take);
    }
  }

  void onConnected(int peer) {
    upkeep.vouchAgainSoon();
  }

  void onDisconnected(int peer) {
    server.forget(peer);
  }

  /** Only what came from others is shown to anybody; own ones to whom they are offered. */
  private Optional<Held> allowed(int peer, ChunkRequest request) {
    Hash chunkRoot = request.chunkRoot();
    return pushes.isServed(peer, request, BlobThread.monotonicMs())
        ? store.outgoing(chunkRoot).or(() -> whole(chunkRoot))
        : whole(chunkRoot);
  }

  private Optional<Held> whole(Hash chunkRoot) {
    return store.find(chunkRoot).filter(Held::isWhole);
  }

  private void onOffer(int peer, BlobOffer offer) {
    Payload.Blob blob =
        new Payload.Blob(
            offer.chunkRoot(), offer.sizeBytes(), Payload.Blob.chunks(offer.sizeBytes()));
    boolean own = replicas.isOwn(blob.chunkRoot());
    Optional<Held> here =
        whole(blob.chunkRoot()).filter(each -> each.sizeBytes() == blob.sizeBytes());
    if (!own && !offer.stem()) {
      return;
    }
    if (here.isEmpty()) {
      downloads.offered(peer, blob, own ? State.REPLICA : State.TRANSIT);
      if (offer.stem() && downloads.isRunning(blob)) {
        stems.putIfAbsent(blob.chunkRoot(), peer); // as few as there are downloads
      }
    } else {
      if (offer.stem()) {
        stems.put(blob.chunkRoot(), peer);
      }
      if (own) {
        store.promote(blob.chunkRoot());
      }
      whole(blob);
    }
  }

  /** It is durable here. */
  private void whole(Payload.Blob blob) {
    Hash root = blob.chunkRoot();
    upkeep.found(root);
    boolean onLedger = whole(root).filter(Held::committed).isPresent();
    if (replicas.isOwn(root) && !onLedger) {
      replicas.vouch(blob);
    }
    Integer from = stems.remove(root);
    if (from != null) {
      node.offer(from, new BlobTaken(root));
      relays.start(blob);
    }
  }

  void fetch(Payload.Blob blob, int index, CompletableFuture<byte[]> answer) {
    fetcher
        .fetch(blob, index, replicas.sources(blob.chunkRoot()), BlobThread.monotonicMs())
        .whenComplete(
            (chunk, failure) -> {
              if (failure == null) {
                answer.complete(chunk);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  /** Says so, and puts the right bytes in their place. */
  void damaged(Held blob, int index, BlobException what) {
    damaged++;
    LOG.error("{}; it is fetched again", what.getMessage());
    Payload.Blob payload =
        new Payload.Blob(blob.chunkRoot(), blob.sizeBytes(), Payload.Blob.chunks(blob.sizeBytes()));
    CompletableFuture<byte[]> right = new CompletableFuture<>();
    right.whenComplete((chunk, failure) -> repair(blob, index, Optional.ofNullable(chunk)));
    fetch(payload, index, right);
  }

  private void repair(Held blob, int index, Optional<byte[]> chunk) {
    try {
      if (chunk.isPresent()) {
        store.repair(blob, index, chunk.get());
        repaired++;
        LOG.info("blob {} chunk {} is repaired", blob.chunkRoot(), index);
        return;
      }
    } catch (BlobException e) {
      LOG.error("{}", e.getMessage());
    }
    LOG.error("blob {} chunk {} cannot be repaired now", blob.chunkRoot(), index);
  }

  private void challenge(Hash blockId) {
    if (fetcher.waiting() > MAX_CHALLENGES) {
      return;
    }
    for (Challenges.Challenge each : challenges.of(blockId, catalog)) {
      challenges.asked(each);
      if (each.of().institution().equals(node.institution())) {
        showOwn(each);
      } else if (challenges.peer(each).isPresent()) {
        fetcher
            .fetch(
                each.blob(),
                each.index(),
                List.of(challenges.peer(each).getAsInt()),
                BlobThread.monotonicMs())
            .thenAccept(chunk -> challenges.answered(each));
      }
    }
  }

  private void showOwn(Challenges.Challenge own) {
    whole(own.blob().chunkRoot())
        .ifPresent(
            held -> {
              try {
                store.read(held, own.index());
                challenges.answered(own);
              } catch (BlobException e) {
                damaged(held, own.index(), e);
              }
            });
  }

  /** Run again and again; true if there is more to do soon. */
  boolean work() {
    long nowMs = BlobThread.monotonicMs();
    if (nowMs - tickedMs >= TICK_MS) {
      tickedMs = nowMs;
      fetcher.tick(nowMs);
      pushes.tick(nowMs);
      relays.tick(nowMs);
      retry(nowMs);
      if (caughtUp) { // else what a record names might be taken for what none does
        upkeep.tick(nowMs, downloads);
      }
      upkeep.ended().forEach(this::end);
      status = report();
    }
    return server.serve();
  }

  private void end(Hash chunkRoot) {
    pushes.end(chunkRoot);
    relays.end(chunkRoot);
    stems.remove(chunkRoot);
  }

  private BlobStatus report() {
    List<Held> all = new ArrayList<>(store.all());
    long whole = all.stream().filter(Held::isWhole).count();
    return new BlobStatus(
        whole,
        store.usedBytes(),
        store.quotaBytes(),
        upkeep.missing(),
        all.size() - whole,
        store.allOutgoing().size(),
        damaged,
        repaired,
        challenges.counts());
  }

  void close() {
    fetcher.close();
    try {
      catalog.close();
    } catch (IOException e) {
      LOG.warn("the catalog of blobs did not close: {}", e.toString());
    }
  }
}
