package org.medseal.ledger.blob;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.model.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts right what the disk has damaged, from other replicas. One thread calls it. */
@SuppressWarnings("FutureReturnValueIgnored") // what follows it reports what fails
final class Repairs {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

  private final BlobStore store;
  private final Chunks chunks;
  private final Consumer<Payload.Blob> lost;
  private long damaged;
  private long repaired;

  /** Where chunks of other replicas come from. */
  @FunctionalInterface
  interface Chunks {
    CompletableFuture<byte[]> fetch(Payload.Blob blob, int index);
  }

  /**
   * @param lost told of a blob of which more is damaged than can be told apart
   */
  Repairs(BlobStore store, Chunks chunks, Consumer<Payload.Blob> lost) {
    this.store = store;
    this.chunks = chunks;
    this.lost = lost;
  }

  long damaged() {
    return damaged + store.rebuilt();
  }

  long repaired() {
    return repaired + store.rebuilt();
  }

  /** Says so, and puts the right bytes in their place. */
  void damaged(Held blob, int index, BlobException what) {
    damaged++;
    LOG.error("{}; it is fetched again", what.getMessage());
    Payload.Blob payload =
        new Payload.Blob(blob.chunkRoot(), blob.sizeBytes(), Payload.Blob.chunks(blob.sizeBytes()));
    chunks
        .fetch(payload, index)
        .whenComplete((chunk, failure) -> repair(payload, index, Optional.ofNullable(chunk)));
  }

  private void repair(Payload.Blob blob, int index, Optional<byte[]> chunk) {
    Optional<Held> held = store.whole(blob.chunkRoot());
    if (chunk.isEmpty() || held.isEmpty()) {
      LOG.error("blob {} chunk {} cannot be repaired now", blob.chunkRoot(), index);
      return;
    }
    try {
      if (store.repair(held.get(), index, chunk.get())) {
        repaired++;
        LOG.info("blob {} chunk {} is repaired", blob.chunkRoot(), index);
      } else {
        LOG.error("blob {}: hashes and chunks are damaged, it is fetched again", blob.chunkRoot());
        lost.accept(blob);
      }
    } catch (BlobException e) {
      LOG.error("{}", e.getMessage());
    }
  }
}
