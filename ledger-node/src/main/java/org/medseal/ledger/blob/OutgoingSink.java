package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.codec.Limits;
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
  private final long height;
  private final Consumer<Held> sealed;
  private final Consumer<Hash> dropped;
  private final byte[] chunk = new byte[Payload.Blob.CHUNK_BYTES];
  private final List<Hash> hashes = new ArrayList<>();
  private int filled;
  private boolean closed;
  private Payload.Blob finished;

  OutgoingSink(Disk disk, Path folder, long height, Consumer<Held> sealed, Consumer<Hash> dropped) {
    this.disk = disk;
    this.folder = folder;
    this.height = height;
    this.sealed = sealed;
    this.dropped = dropped;
    this.unfinished = folder.resolve(UNFINISHED + UUID.randomUUID() + BlobFile.DATA);
    try {
      this.data = disk.create(unfinished);
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  /** Left by a run that ended before the blob was whole. */
  static boolean isUnfinished(Path path) {
    return path.getFileName().toString().startsWith(UNFINISHED);
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
    if (at + filled > Limits.BLOB) {
      throw new BlobException(Reason.BAD_SIZE, "a blob has at most " + Limits.BLOB + " bytes");
    }
    byte[] full = Arrays.copyOf(chunk, filled);
    data.write(at, full);
    hashes.add(Hash.of(Digests.sha256(full)));
    filled = 0;
    if (hashes.size() % BlobStore.SYNC_CHUNKS == 0) {
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
      store(new BlobHead(root, size, height));
      closed = true;
      finished = new Payload.Blob(root, size, hashes.size());
      sealed.accept(new Held(root, size, height, State.OUTGOING, false));
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
      dropped.accept(finished.chunkRoot());
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
