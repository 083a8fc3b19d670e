package org.medseal.ledger.blob;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.model.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one whole blob in, a few chunks at a time, from where it was left. One thread calls it. */
@SuppressWarnings("FutureReturnValueIgnored") // came() deals with what fails
final class Download {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);
  private static final int WINDOW = 4;

  private final BlobStore store;
  private final Payload.Blob blob;
  private final IntFunction<CompletableFuture<byte[]>> chunks;
  private final BiConsumer<Download, Boolean> done;
  private final Map<Integer, byte[]> early = new TreeMap<>();
  private final Map<Integer, CompletableFuture<byte[]>> answers = new TreeMap<>();
  private int next;
  private int asked;
  private boolean pumping;
  private boolean ended;

  /**
   * @param chunks gives a chunk by its index
   * @param done with true once it is whole and durable, with false if it did not get so far
   */
  Download(
      BlobStore store,
      Payload.Blob blob,
      IntFunction<CompletableFuture<byte[]>> chunks,
      BiConsumer<Download, Boolean> done) {
    this.store = store;
    this.blob = blob;
    this.chunks = chunks;
    this.done = done;
  }

  Payload.Blob blob() {
    return blob;
  }

  /** The store has begun with it. */
  void start() {
    next = store.progress(blob.chunkRoot());
    asked = next;
    pumpOrEnd();
  }

  private void pumpOrEnd() {
    try {
      pump();
    } catch (BlobException e) {
      LOG.error("blob {} cannot be taken in: {}", blob.chunkRoot(), e.getMessage());
      store.abandonPart(blob.chunkRoot());
      end(false);
    }
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      boolean more = true;
      while (more && !ended) {
        more = append();
        while (asked < blob.chunkCount() && asked - next < WINDOW && !ended) {
          int index = asked++;
          CompletableFuture<byte[]> answer = chunks.apply(index);
          answers.put(index, answer);
          answer.whenComplete((chunk, failure) -> came(index, chunk, failure));
          more = true;
        }
      }
    } finally {
      pumping = false;
    }
    if (!ended && next == blob.chunkCount()) {
      end(store.complete(blob.chunkRoot()));
    }
  }

  private boolean append() {
    boolean any = false;
    for (byte[] chunk = early.remove(next); chunk != null; chunk = early.remove(next)) {
      store.append(blob.chunkRoot(), chunk);
      next++;
      any = true;
    }
    return any;
  }

  private void came(int index, byte[] chunk, Throwable failure) {
    if (ended) {
      return;
    }
    answers.remove(index);
    if (failure != null) {
      end(false);
      return;
    }
    early.put(index, chunk);
    pumpOrEnd();
  }

  /** Goes no further; what is there stays. */
  void giveUp() {
    if (!ended) {
      end(false);
    }
  }

  private void end(boolean whole) {
    ended = true;
    early.clear();
    List.copyOf(answers.values()).forEach(each -> each.cancel(false));
    answers.clear();
    done.accept(this, whole);
  }
}
