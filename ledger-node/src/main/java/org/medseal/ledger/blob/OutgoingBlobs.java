package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Own blobs on their way out: neither shown nor counted as kept, and no more than half a quota of
 * them, so that intake waits before the disk is full. From any thread.
 */
final class OutgoingBlobs implements ChunkSource {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingBlobs.class);
  private static final int PART = 2;

  private final Disk disk;
  private final Path folder;
  private final long mostBytes;
  private final long largestBytes;
  private final ChunkReader reader = new ChunkReader();
  private final Map<Hash, Held> held = new HashMap<>();

  private OutgoingBlobs(Path folder, Disk disk, BlobParameters parameters) {
    this.disk = disk;
    this.folder = folder;
    this.mostBytes = parameters.quotaBytes() / PART;
    this.largestBytes = Math.min(Limits.BLOB, parameters.largestBytes());
  }

  /** Finds those that earlier runs sealed; what they left unfinished is deleted. */
  static OutgoingBlobs open(Path folder, Disk disk, BlobParameters parameters) {
    OutgoingBlobs blobs = new OutgoingBlobs(folder.toAbsolutePath(), disk, parameters);
    try {
      new Shelf(disk, blobs.folder)
          .scan(List.of(State.OUTGOING))
          .forEach(each -> blobs.held.put(each.chunkRoot(), each));
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
    return blobs;
  }

  /**
   * Takes the ciphertext of one payload sealed here. BlobException NO_ROOM while too much of what
   * was sealed before has not come to the replicas.
   */
  OutgoingSink create(long height) {
    long waiting = all().stream().mapToLong(Held::sizeBytes).sum();
    if (waiting >= mostBytes) {
      throw new BlobException(
          Reason.NO_ROOM,
          waiting + " bytes of own blobs wait for replicas, " + mostBytes + " may: see blobs/out");
    }
    return new OutgoingSink(disk, folder, new OutgoingSink.Bounds(height, largestBytes), this);
  }

  synchronized void sealed(Held blob) {
    held.put(blob.chunkRoot(), blob);
  }

  synchronized Optional<Held> find(Hash chunkRoot) {
    return Optional.ofNullable(held.get(chunkRoot));
  }

  synchronized List<Held> all() {
    return List.copyOf(held.values());
  }

  @Override
  public byte[] read(Held blob, int index) {
    return reader.read(file(blob), blob.state().suffix(), index);
  }

  @Override
  public InclusionProof prove(Held blob, int index) {
    return reader.prove(file(blob), blob.state().suffix(), index);
  }

  void drop(Hash chunkRoot) {
    Held blob;
    synchronized (this) {
      blob = held.remove(chunkRoot);
    }
    if (blob != null) {
      reader.forget(chunkRoot);
      try {
        file(blob).delete(blob.state().suffix());
      } catch (IOException e) {
        LOG.warn("cannot delete blob {}: {}", chunkRoot, e.toString());
      }
    }
  }

  private BlobFile file(Held blob) {
    return new BlobFile(disk, folder, BlobHead.of(blob));
  }
}
