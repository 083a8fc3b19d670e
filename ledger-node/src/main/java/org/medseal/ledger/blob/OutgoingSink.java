package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/** Cuts a ciphertext into chunks on disk; one chunk of it is in memory. */
final class OutgoingSink extends BlobSink {
  private static final String UNFINISHED = "new-";

  private final Disk disk;
  private final Path folder;
  private final Path unfinished;
  private final DiskFile data;
  private final Bounds bounds;
  private final OutgoingBlobs blobs;
  private final byte[] chunk = new byte[Payload.Blob.CHUNK_BYTES];
  private final List<Hash> hashes = new ArrayList<>();
  private int filled;
  private boolean closed;
  private Payload.Blob finished;

  /**
   * What holds for one blob.
   *
   * @param height of the ledger as it is sealed
   */
  record Bounds(long height, long largestBytes) {}

  OutgoingSink(Disk disk, Path folder, Bounds bounds, OutgoingBlobs blobs) {
    this.disk = disk;
    this.folder = folder;
    this.bounds = bounds;
    this.blobs = blobs;
    this.unfinished = folder.resolve(UNFINISHED + UUID.randomUUID() + BlobFile.DATA);
    try {
      this.data = disk.create(unfinished);
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** A disk that fails is the node's failure and not the document's: BlobException. */
  @Override
  public void write(byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    requireOpen();
    int at = offset;
    for (int left = length; left > 0; ) {
      int take = Math.min(left, chunk.length - filled);
      System.arraycopy(from, at, chunk, filled, take);
      filled += take;
      at += take;
      left -= take;
      if (filled == chunk.length) {
        try {
          flushChunk();
        } catch (IOException e) {
          throw BlobStore.failed(e);
        }
      }
    }
  }

  private void flushChunk() throws IOException {
    long at = BlobHead.chunkAt(hashes.size());
    if (at + filled > bounds.largestBytes()) {
      throw new BlobException(
          Reason.BAD_SIZE, "a blob has at most " + bounds.largestBytes() + " bytes");
    }
    byte[] full = Arrays.copyOf(chunk, filled);
    data.write(at, full);
    hashes.add(Hash.of(Digests.sha256(full)));
    filled = 0;
    if (hashes.size() % Incoming.SYNC_CHUNKS == 0) {
      data.sync();
    }
  }

  @Override
  public Payload.Blob finish() {
    requireOpen();
    try {
      long size = BlobHead.chunkAt(hashes.size()) + filled;
      if (size == 0) {
        throw new BlobException(Reason.BAD_SIZE, "a blob is not empty");
      }
      if (filled > 0) {
        flushChunk();
      }
      data.sync();
      data.close();
      Hash root = new ChunkTree(hashes).root();
      store(new BlobHead(root, size, bounds.height()));
      closed = true;
      finished = new Payload.Blob(root, size, hashes.size());
      blobs.sealed(new Held(root, size, bounds.height(), State.OUTGOING, false));
      return finished;
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  /** The name of the head comes last: with it the blob is there. */
  private void store(BlobHead head) throws IOException {
    BlobFile file = new BlobFile(disk, folder, head);
    disk.move(unfinished, file.data());
    Path meta = file.meta(State.OUTGOING.suffix());
    if (disk.exists(meta)) {
      disk.delete(meta);
    }
    disk.syncFolder(folder);
    try (DiskFile out = disk.create(meta)) {
      out.write(0, head.encode());
    }
    file.sync(State.OUTGOING.suffix(), 0, hashes);
    disk.syncFolder(folder);
  }

  private void requireOpen() {
    if (closed) {
      throw new BlobException(Reason.CLOSED, "the blob is finished or given up");
    }
  }

  @Override
  public void discard() {
    if (finished != null) {
      blobs.drop(finished.chunkRoot());
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      data.close();
      disk.delete(unfinished);
    }
    Arrays.fill(chunk, (byte) 0);
  }
}
