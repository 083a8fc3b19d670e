package org.medseal.ledger.blob;

import java.util.HashMap;
import java.util.Map;
import org.medseal.ledger.model.Hash;

/**
 * Tells which unfinished blobs will not be finished: nothing was added for long, or so little that
 * it would take too long. One thread calls it.
 */
final class PartWatch {
  private static final long IDLE_MS = 600_000;
  private static final long LONGEST_CHUNK_MS = 16_000;

  private final BlobStore store;
  private final Map<Hash, Part> parts = new HashMap<>();

  private record Part(int chunks, long sinceMs, long firstMs) {}

  PartWatch(BlobStore store) {
    this.store = store;
  }

  /**
   * @param held not whole, and nobody is adding to it now
   */
  boolean isGivenUp(Held held, long nowMs) {
    int chunks = store.progress(held.chunkRoot());
    Part part = parts.get(held.chunkRoot());
    if (part == null) {
      parts.put(held.chunkRoot(), new Part(chunks, nowMs, nowMs));
      return false;
    }
    if (part.chunks() != chunks) {
      part = new Part(chunks, nowMs, part.firstMs());
      parts.put(held.chunkRoot(), part);
    }
    long longestMs = IDLE_MS + LONGEST_CHUNK_MS * BlobHead.of(held).chunkCount();
    return nowMs - part.sinceMs() >= IDLE_MS || nowMs - part.firstMs() >= longestMs;
  }

  /** Only what is still unfinished is remembered. */
  void forget() {
    parts.keySet().removeIf(root -> store.find(root).filter(each -> !each.isWhole()).isEmpty());
  }
}
