package org.medseal.ledger.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobTaken;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.DiskFull;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does about blobs: takes in what is offered within its bounds, signs for what it
 * keeps, sees to what it should have, shows chunks when challenged. One thread calls it.
 */
final class BlobKeeping {
  private static final Logger LOG = LoggerFactory.getLogger(BlobKeeping.class);
  private static final long TICK_MS = 100;
  private static final long RETRY_MS = 1_000;

  private final BlobSurroundings node;
  private final Places places;
  private final BlobCatalog catalog;
  private final ReplicaPeers replicas;
  private final FullDisks full;
  private final ChunkFetcher fetcher;
  private final ChunkServer server;
  private final Downloads downloads;
  private final ChunkStem stem;
  private final Challenges challenges;
  private final Repairs repairs;
  private final Upkeep upkeep;
  private boolean caughtUp;
  private long wanted = -1;
  private long retriedMs;
  private long tickedMs;
  private volatile BlobStatus status = BlobStatus.NONE;

  BlobKeeping(BlobSurroundings node, Places places, BlobCatalog catalog) {
    this.node = node;
    this.places = places;
    this.catalog = catalog;
    this.replicas = new ReplicaPeers(node);
    this.full = new FullDisks(node);
    this.fetcher = new ChunkFetcher(node);
    this.server = new ChunkServer(node, this::allowed, this::damaged);
    this.downloads =
        new Downloads(
            places.kept(),
            node,
            fetcher,
            this::whole,
            new Downloads.Ends(root -> {}, full::refused));
    this.stem =
        new ChunkStem(
            node, places, replicas, fetcher, new ChunkStem.Ends(this::stemEnded, full::refused));
    this.upkeep = new Upkeep(node, places, catalog, replicas);
    this.repairs = new Repairs(places.kept(), this::fetch, upkeep::lost);
    this.challenges = new Challenges(node, replicas);
  }

  /** Peers without disk for others' chunks; from any thread. */
  List<Integer> fullPeers() {
    return full.peers();
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
    blobs.forEach(places.kept()::committed);
    catchUpTo(height, each -> each == height ? blobs : node.blobsAt(each));
    if (challenges.isDue(height)) {
      challenges
          .of(blockId, catalog)
          .forEach(each -> challenges.put(each, fetcher, () -> showOwn(each)));
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
    blobs.forEach(places.kept()::committed);
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
    if (places.outgoing(blob.chunkRoot()).isEmpty()) {
      return;
    }
    if (node.institutions() == 1 && node.validators().size() == 1) {
      downloads.adopt(blob, places.outgoing()); // nobody else is there to hide among
    } else {
      stem.own(blob);
    }
  }

  void onMessage(int peer, BlobMessage message) {
    long nowMs = node.monotonicMs();
    if (message instanceof ChunkPiece piece) {
      fetcher.onPiece(peer, piece, nowMs);
    } else if (message instanceof ChunkRequest request) {
      server.onRequest(peer, request);
    } else if (message instanceof ChunkRefusal refusal) {
      fetcher.onRefusal(peer, refusal, nowMs);
    } else if (message instanceof BlobOffer offer) {
      onOffer(peer, offer);
    } else if (message instanceof BlobTaken taken) {
      stem.taken(peer, taken.chunkRoot());
    } else if (message instanceof ReceiptsMessage receipts) {
      receipts.receipts().forEach(replicas::take);
    } else if (message instanceof DiskFull) {
      full.said(peer);
    }
  }

  /** Whether a peer owes a chunk; from any thread. */
  boolean isAwaitedFrom(int peer) {
    return fetcher.isAwaitedFrom(peer);
  }

  void onConnected(int peer) {
    upkeep.vouchAgainSoon();
  }

  void onDisconnected(int peer) {
    server.forget(peer);
  }

  /** What replicas keep is shown to everybody; what is on its stem to whom it is handed. */
  private Optional<Copy> allowed(int peer, ChunkRequest request) {
    return stem.copy(peer, request).or(() -> places.kept(request.chunkRoot()));
  }

  private void onOffer(int peer, BlobOffer offer) {
    Payload.Blob blob =
        new Payload.Blob(
            offer.chunkRoot(), offer.sizeBytes(), Payload.Blob.chunks(offer.sizeBytes()));
    if (blob.sizeBytes() <= node.genesis().parameters().inlineLimitBytes()) {
      return; // no record names so small a blob
    }
    if (offer.stem()) {
      stem.offered(peer, blob);
    } else if (replicas.isOwn(blob.chunkRoot())) {
      if (places.kept().isWhole(blob)) {
        whole(blob);
      } else {
        downloads.offered(peer, blob);
      }
    }
  }

  /** What came on the stem stays as a replica's; whoever else was giving it need not go on. */
  private void stemEnded(Payload.Blob blob) {
    places
        .passing()
        .whole(blob.chunkRoot())
        .ifPresent(
            each -> {
              downloads.giveUp(blob.chunkRoot());
              places.kept().takeOver(places.passing(), each);
              whole(blob);
            });
  }

  /** It is durable here, as a replica's. */
  private void whole(Payload.Blob blob) {
    Hash root = blob.chunkRoot();
    upkeep.found(root);
    boolean vouches = places.kept().find(root).filter(upkeep::mayVouch).isPresent();
    if (vouches && replicas.isOwn(root)) {
      replicas.vouch(blob);
    }
  }

  CompletableFuture<byte[]> fetch(Payload.Blob blob, int index) {
    return fetcher.fetch(blob, index, replicas.sources(blob.chunkRoot()), node.monotonicMs());
  }

  /** Bytes on this disk are not what they were. */
  void damaged(Copy copy, int index, BlobException what) {
    Hash chunkRoot = copy.held().chunkRoot();
    if (copy.source() == places.kept()) {
      repairs.damaged(copy.held(), index, what);
    } else {
      LOG.error("{}: it goes no further from here", what.getMessage());
      stem.damaged(chunkRoot);
    }
  }

  /** Whether this node has the chunk of its own challenge. */
  private boolean showOwn(Challenges.Challenge own) {
    Optional<Copy> kept = places.kept(own.blob().chunkRoot());
    if (kept.isEmpty()) {
      return false;
    }
    try {
      kept.get().read(own.index());
      return true;
    } catch (BlobException e) {
      damaged(kept.get(), own.index(), e);
      return false;
    }
  }

  /** Run again and again; true if there is more to do soon. */
  boolean work() {
    long nowMs = node.monotonicMs();
    if (nowMs - tickedMs >= TICK_MS) {
      tickedMs = nowMs;
      fetcher.tick(nowMs);
      downloads.tick(nowMs);
      stem.tick(nowMs);
      retry(nowMs);
      if (caughtUp) { // else what a record names might be taken for what none does
        upkeep.tick(nowMs, downloads);
      }
      upkeep.ended().forEach(stem::end);
      status = report();
    }
    return server.serve();
  }

  private BlobStatus report() {
    List<Held> all = new ArrayList<>(places.kept().all());
    long whole = all.stream().filter(Held::isWhole).count();
    Room room = places.room();
    return new BlobStatus(
        whole,
        new BlobStatus.Room(
            room.usedBytes(), room.quotaBytes(), room.freeBytes(), room.reserveBytes()),
        upkeep.missing(),
        all.size() - whole,
        places.outgoing().all().size(),
        places.passing().all().size(),
        repairs.damaged(),
        repairs.repaired(),
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
