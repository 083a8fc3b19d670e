package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.medseal.ledger.blob.Held.State;
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

  /** Part of the quota that one peer may fill with what no record on the ledger names yet. */
  private static final int SHARE = 8;

  private final BlobStore store;
  private final BlobSurroundings node;
  private final ChunkFetcher fetcher;
  private final Consumer<Payload.Blob> whole;
  private final Consumer<Hash> inVain;
  private final Map<Hash, Download> running = new HashMap<>();
  private final Map<Hash, Integer> offeredBy = new HashMap<>();

  /**
   * @param whole told of each blob that has become whole
   * @param inVain told of each that was given up
   */
  Downloads(
      BlobStore store,
      BlobSurroundings node,
      ChunkFetcher fetcher,
      Consumer<Payload.Blob> whole,
      Consumer<Hash> inVain) {
    this.store = store;
    this.node = node;
    this.fetcher = fetcher;
    this.whole = whole;
    this.inVain = inVain;
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
  void offered(int peer, Payload.Blob blob, State as) {
    long ofPeer =
        running.keySet().stream().filter(each -> offeredBy.getOrDefault(each, -1) == peer).count();
    if (running.size() >= MAX - FOR_REPAIR || ofPeer >= MAX_OF_A_PEER || isAboveShare(peer, blob)) {
      return;
    }
    offeredBy.put(blob.chunkRoot(), peer);
    take(blob, as, List.of(peer));
  }

  private boolean isAboveShare(int peer, Payload.Blob blob) {
    offeredBy.keySet().removeIf(each -> store.find(each).isEmpty() && !isRunning(each));
    long pending = 0;
    for (Held each : store.all()) {
      boolean counts =
          !each.committed()
              && !each.chunkRoot().equals(blob.chunkRoot())
              && offeredBy.getOrDefault(each.chunkRoot(), -1) == peer;
      pending += counts ? each.sizeBytes() : 0;
    }
    return pending > 0 && blob.sizeBytes() > store.quotaBytes() / SHARE - pending;
  }

  /** A blob on the ledger that this node is to keep; a claim of another size gives way to it. */
  void fetch(Payload.Blob blob, State as, List<Integer> sources) {
    giveUpOthers(blob);
    take(blob, as, sources);
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

  private void take(Payload.Blob blob, State as, List<Integer> sources) {
    start(blob, as, index -> fetcher.fetch(blob, index, sources, BlobThread.monotonicMs()));
  }

  /** An own blob of the only node there is. */
  void adopt(Payload.Blob blob) {
    giveUpOthers(blob);
    store
        .outgoing(blob.chunkRoot())
        .ifPresent(
            own ->
                start(
                    blob,
                    State.REPLICA,
                    index -> CompletableFuture.completedFuture(store.read(own, index))));
  }

  private void start(Payload.Blob blob, State as, IntFunction<CompletableFuture<byte[]>> chunks) {
    if (isRunning(blob.chunkRoot())) {
      return;
    }
    switch (store.begin(blob, node.height())) {
      case WHOLE -> whole.accept(blob);
      case NO_ROOM ->
          LOG.warn(
              "no room for blob {} of {} bytes: {} of {} are used",
              blob.chunkRoot(),
              blob.sizeBytes(),
              store.usedBytes(),
              store.quotaBytes());
      case OTHER_SIZE -> LOG.warn("blob {} is not of {} bytes", blob.chunkRoot(), blob.sizeBytes());
      case READY -> {
        Download download = new Download(store, blob, as, chunks, this::ended);
        running.put(blob.chunkRoot(), download);
        download.start(BlobThread.monotonicMs());
      }
    }
  }

  private void ended(Download download, boolean isWhole) {
    running.remove(download.blob().chunkRoot());
    if (isWhole) {
      whole.accept(download.blob());
    } else {
      if (store.progress(download.blob().chunkRoot()) == 0) {
        store.abandon(download.blob().chunkRoot()); // no room is set aside for a mere offer
      }
      inVain.accept(download.blob().chunkRoot());
    }
  }

  /** Those under way. */
  List<Hash> roots() {
    return new ArrayList<>(running.keySet());
  }
}
