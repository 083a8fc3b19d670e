package org.medseal.ledger.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medseal.crypto.Digests;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.model.Hash;

/** Progress of a blob that comes chunk by chunk. One thread at a time. */
final class Incoming {
  /** Chunks written between two syncs: what a crash may cost. */
  static final int SYNC_CHUNKS = 16;

  private static final String SUFFIX = State.INCOMING.suffix();

  private final BlobFile file;
  private final List<Hash> hashes;
  private int synced;

  private Incoming(BlobFile file, List<Hash> intact) {
    this.file = file;
    this.hashes = new ArrayList<>(intact);
    this.synced = intact.size();
  }

  static Incoming start(BlobFile file) throws IOException {
    file.create(SUFFIX);
    return new Incoming(file, List.of());
  }

  /** From what is whole on the disk. */
  static Incoming resume(BlobFile file) throws IOException {
    return new Incoming(file, file.intact(SUFFIX));
  }

  /** Chunks that are here, from the first on. */
  int count() {
    return hashes.size();
  }

  /** True if it is durable with all before it. */
  boolean append(byte[] chunk) throws IOException {
    int index = hashes.size();
    if (chunk.length != file.head().chunkLength(index)) {
      throw new IllegalArgumentException("chunk " + index + " of another length");
    }
    file.write(index, chunk);
    hashes.add(Hash.of(Digests.sha256(chunk)));
    if (hashes.size() - synced < SYNC_CHUNKS) {
      return false;
    }
    sync();
    return true;
  }

  private void sync() throws IOException {
    file.sync(SUFFIX, synced, hashes.subList(synced, hashes.size()));
    synced = hashes.size();
  }

  boolean hasItsRoot() {
    return hashes.size() == file.head().chunkCount()
        && new ChunkTree(hashes).root().equals(file.head().chunkRoot());
  }

  /** Durable, and known under its new state when it returns. */
  void finish(State whole) throws IOException {
    sync();
    file.rename(SUFFIX, whole.suffix());
  }
}
