package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blobs being taken in, few at a time. One thread calls it. */
final class Downloads {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
  private static final int MAX = 8;
  private static final int MAX_OF_A_PEER = 4;

  /** Left for what this node should have and lacks, whatever is offered. */
  private static final int FOR_REPAIR = 2;

  /** What is offered holds its place no longer than a start, and so much for each chunk. */
  private static final long LONGEST_MS = 120_000;

  private static final long LONGEST_CHUNK_MS = 8_000;
  private static final long WARN_MS = 60_000;

  private final BlobStore store;
  private final BlobSurroundings node;
  private final ChunkFetcher fetcher;
  private final Consumer<Payload.Blob> whole;
  private final Consumer<Hash> inVain;
  private final Runnable diskFull;
  private final Map<Hash, Download> running = new HashMap<>();
  private final Map<Hash, Offered> offers = new HashMap<>();
  private final Map<Hash, Long> repairsEndMs = new HashMap<>();
  private long warnedMs = Long.MIN_VALUE;

  /**
   * What is told of blobs that do not become whole.
   *
   * @param inVain of each that was given up
   * @param diskFull of each that was not begun for want of disk
   */
  record Ends(Consumer<Hash> inVain, Runnable diskFull) {}

  private record Offered(int peer, long untilMs) {}

  /**
   * @param whole told of each blob that has become whole
   * @param ends told of what does not become whole
   */
  Downloads(
      BlobStore store,
      BlobSurroundings node,
      ChunkFetcher fetcher,
      Consumer<Payload.Blob> whole,
      Ends ends) {
    this.store = store;
    this.node = node;
    this.fetcher = fetcher;
    this.whole = whole;
    this.inVain = ends.inVain();
    this.diskFull = ends.diskFull();
  }

  boolean isRunning(Hash chunkRoot) {
    return running.containsKey(chunkRoot);
  }

  boolean isRunning(Payload.Blob blob) {
    Download download = running.get(blob.chunkRoot());
    return download != null && download.blob().equals(blob);
  }

  boolean isFull() {
    return running.size() >= MAX;
  }

  /** Taken from the peer that offers it, unless there are too many or too much of it already. */
  void offered(int peer, Payload.Blob blob) {
    long ofPeer = offers.values().stream().filter(each -> each.peer() == peer).count();
    if (isRunning(blob.chunkRoot())
        || running.size() >= MAX - FOR_REPAIR
        || ofPeer >= MAX_OF_A_PEER) {
      return;
    }
    offers.put(blob.chunkRoot(), new Offered(peer, endMs(blob)));
    start(blob, OptionalInt.of(peer), from(blob, List.of(peer)));
    offers.keySet().retainAll(running.keySet());
  }

  private long endMs(Payload.Blob blob) {
    return node.monotonicMs() + LONGEST_MS + LONGEST_CHUNK_MS * blob.chunkCount();
  }

  /**
   * A blob on the ledger that this node is to keep; a claim of another size gives way to it, and
   * one peer's offer to what more of them can give.
   */
  void fetch(Payload.Blob blob, List<Integer> sources) {
    Hash chunkRoot = blob.chunkRoot();
    giveUpOthers(blob);
    List<Integer> all = new ArrayList<>(sources);
    Offered offer = offers.get(chunkRoot);
    if (offer != null) {
      giveUp(chunkRoot);
      all.remove((Integer) offer.peer());
      all.add(offer.peer());
    }
    start(blob, OptionalInt.empty(), from(blob, all));
    if (isRunning(chunkRoot)) {
      repairsEndMs.putIfAbsent(chunkRoot, endMs(blob));
    }
  }

  private void giveUpOthers(Payload.Blob blob) {
    Download other = running.get(blob.chunkRoot());
    if (other != null && !other.blob().equals(blob)) {
      other.giveUp();
    }
  }

  /** Ends what is under way of it. */
  void giveUp(Hash chunkRoot) {
    Optional.ofNullable(running.get(chunkRoot)).ifPresent(Download::giveUp);
  }

  private IntFunction<CompletableFuture<byte[]>> from(Payload.Blob blob, List<Integer> sources) {
    return index -> fetcher.fetch(blob, index, sources, node.monotonicMs());
  }

  /** An own blob of the only node there is. */
  void adopt(Payload.Blob blob, OutgoingBlobs outgoing) {
    giveUpOthers(blob);
    outgoing
        .find(blob.chunkRoot())
        .ifPresent(
            own ->
                start(
                    blob,
                    OptionalInt.empty(),
                    index -> CompletableFuture.completedFuture(outgoing.read(own, index))));
  }

  private void start(
      Payload.Blob blob, OptionalInt peer, IntFunction<CompletableFuture<byte[]>> chunks) {
    if (isRunning(blob.chunkRoot())) {
      return;
    }
    switch (store.begin(blob, node.height(), peer)) {
      case WHOLE -> whole.accept(blob);
      case NO_ROOM -> warn(blob, "the quota or its sender's share of it is used up");
      case DISK_FULL -> {
        warn(blob, "the rest of the disk is reserved for the own ledger");
        diskFull.run();
      }
      case OTHER_SIZE -> warn(blob, "its size is known to be another one");
      case READY -> {
        Download download = new Download(store, blob, chunks, this::ended);
        running.put(blob.chunkRoot(), download);
        download.start();
      }
    }
  }

  private void warn(Payload.Blob blob, String why) {
    long nowMs = node.monotonicMs();
    if (warnedMs == Long.MIN_VALUE || nowMs - warnedMs >= WARN_MS) {
      warnedMs = nowMs;
      LOG.warn("blob {} of {} bytes is not taken: {}", blob.chunkRoot(), blob.sizeBytes(), why);
    }
  }

  private void ended(Download download, boolean isWhole) {
    Hash chunkRoot = download.blob().chunkRoot();
    running.remove(chunkRoot);
    offers.remove(chunkRoot);
    repairsEndMs.remove(chunkRoot);
    if (isWhole) {
      whole.accept(download.blob());
    } else {
      if (store.progress(chunkRoot) == 0) {
        store.abandonPart(chunkRoot); // no room is set aside for a mere offer
      }
      inVain.accept(chunkRoot);
    }
  }

  /** Whoever gives chunks too slowly has had its turn; what a record names goes on later. */
  void tick(long nowMs) {
    Map.copyOf(repairsEndMs)
        .forEach(
            (chunkRoot, endMs) -> {
              if (nowMs >= endMs) {
                giveUp(chunkRoot);
              }
            });
    Map.copyOf(offers)
        .forEach(
            (chunkRoot, offered) -> {
              if (nowMs >= offered.untilMs()) {
                giveUp(chunkRoot);
                store
                    .find(chunkRoot)
                    .filter(each -> !each.committed())
                    .ifPresent(each -> store.abandonPart(chunkRoot));
              }
            });
  }
}
