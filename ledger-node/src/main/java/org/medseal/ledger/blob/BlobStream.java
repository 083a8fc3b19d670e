package org.medseal.ledger.blob;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.model.Payload;

/** A blob from its first byte to its last, a chunk ahead of the reader. Not thread-safe. */
final class BlobStream extends InputStream {
  private static final int AHEAD = 2;
  private static final long WAIT_MS = 120_000;

  private final Payload.Blob blob;
  private final BiFunction<Payload.Blob, Integer, CompletableFuture<byte[]>> chunks;
  private final Deque<CompletableFuture<byte[]>> coming = new ArrayDeque<>();
  private byte[] chunk = new byte[0];
  private int at;
  private int asked;
  private boolean closed;

  BlobStream(
      Payload.Blob blob, BiFunction<Payload.Blob, Integer, CompletableFuture<byte[]>> chunks) {
    this.blob = blob;
    this.chunks = chunks;
  }

  @Override
  public int read() {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int take = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, to, offset, take);
    at += take;
    return take;
  }

  private boolean fill() {
    if (closed) {
      throw new BlobException(Reason.CLOSED, "the blob was closed");
    }
    if (at < chunk.length) {
      return true;
    }
    while (coming.size() < AHEAD && asked < blob.chunkCount()) {
      coming.add(chunks.apply(blob, asked++));
    }
    CompletableFuture<byte[]> next = coming.poll();
    if (next == null) {
      return false;
    }
    chunk = await(next);
    at = 0;
    return true;
  }

  private static byte[] await(CompletableFuture<byte[]> next) {
    try {
      return next.get(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BlobException(Reason.CLOSED, "interrupted while reading a blob", e);
    } catch (TimeoutException e) {
      throw new BlobException(Reason.UNAVAILABLE, "no replica answers in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BlobException known
          ? known
          : new BlobException(Reason.UNAVAILABLE, "a chunk could not be had", e.getCause());
    }
  }

  @Override
  public void close() {
    closed = true;
    chunk = new byte[0];
    coming.clear();
  }
}
