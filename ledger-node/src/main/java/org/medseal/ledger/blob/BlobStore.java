package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Others' blobs in one folder, under their chunk root. A blob is whole only once all of it is
 * durable and its root is right. From any thread; of one incoming blob, one thread at a time.
 */
final class BlobStore implements ChunkSource {
  private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);

  private final Disk disk;
  private final Path folder;
  private final Room room;
  private final State whole;
  private final ChunkReader reader = new ChunkReader();
  private final Map<Hash, Held> held = new HashMap<>();
  private final Map<Hash, Incoming> incoming = new HashMap<>();

  /** Whether an offered blob is taken in. */
  enum Begun {
    READY,
    WHOLE,
    /** The quota is used up, or the share of who offers it. */
    NO_ROOM,
    /** What is left of the disk is this node's own. */
    DISK_FULL,
    /** The root's size is known, and is another one. */
    OTHER_SIZE
  }

  private BlobStore(Path folder, Disk disk, Room room, State whole) {
    this.disk = disk;
    this.folder = folder;
    this.room = room;
    this.whole = whole;
  }

  /** Finds what earlier runs left; a blob of theirs that was not finished goes on from there. */
  static BlobStore open(Path folder, Disk disk, Room room, State whole) {
    BlobStore store = new BlobStore(folder.toAbsolutePath(), disk, room, whole);
    onDisk(
        () -> {
          for (Held each : store.shelf().scan(List.of(State.INCOMING, whole))) {
            store.held.put(each.chunkRoot(), each);
            room.found(store.place(each.chunkRoot()), each.sizeBytes(), each.isWhole());
          }
          return null;
        });
    return store;
  }

  /** Nothing of earlier runs stays. */
  static BlobStore empty(Path folder, Disk disk, Room room, State whole) {
    BlobStore store = new BlobStore(folder.toAbsolutePath(), disk, room, whole);
    onDisk(
        () -> {
          store.shelf().clear();
          return null;
        });
    return store;
  }

  private Shelf shelf() {
    return new Shelf(disk, folder);
  }

  private Room.Place place(Hash chunkRoot) {
    return new Room.Place(folder, chunkRoot);
  }

  synchronized Optional<Held> find(Hash chunkRoot) {
    return Optional.ofNullable(held.get(chunkRoot));
  }

  Optional<Held> whole(Hash chunkRoot) {
    return find(chunkRoot).filter(Held::isWhole);
  }

  boolean isWhole(Payload.Blob blob) {
    return whole(blob.chunkRoot()).filter(each -> each.sizeBytes() == blob.sizeBytes()).isPresent();
  }

  synchronized List<Held> all() {
    return List.copyOf(held.values());
  }

  /** Lists of hashes that were damaged and are right again. */
  long rebuilt() {
    return reader.rebuilt();
  }

  /** For what a record on the ledger names. */
  Begun begin(Payload.Blob blob, long height) {
    return begin(blob, height, OptionalInt.empty());
  }

  /**
   * Room for it is set aside; WHOLE if it is here already. A part of another size is thrown away
   * unless a record on the ledger says that size: nobody may be taking it in at the moment.
   *
   * @param peer who offers it
   */
  Begun begin(Payload.Blob blob, long height, OptionalInt peer) {
    Hash root = blob.chunkRoot();
    Held known;
    synchronized (this) {
      known = held.get(root);
      if (known != null && known.sizeBytes() != blob.sizeBytes()) {
        if (known.isWhole() || known.committed()) {
          return Begun.OTHER_SIZE;
        }
        abandon(root); // nobody has shown that its size was right
        known = null;
      }
      if (known != null && known.isWhole()) {
        return Begun.WHOLE;
      }
      if (known == null) {
        Room.Answer answer = room.take(place(root), blob.sizeBytes(), peer);
        if (answer != Room.Answer.GRANTED) {
          return answer == Room.Answer.DISK_FULL ? Begun.DISK_FULL : Begun.NO_ROOM;
        }
        held.put(root, new Held(root, blob.sizeBytes(), height, State.INCOMING, false));
      } else if (incoming.containsKey(root)) {
        return Begun.READY;
      }
    }
    return begin(known, new BlobHead(root, blob.sizeBytes(), height));
  }

  private Begun begin(Held known, BlobHead fresh) {
    boolean begun = false;
    try {
      BlobFile file = new BlobFile(disk, folder, known == null ? fresh : BlobHead.of(known));
      Incoming progress =
          onDisk(() -> known == null ? Incoming.start(file) : Incoming.resume(file));
      synchronized (this) {
        incoming.put(fresh.chunkRoot(), progress);
      }
      begun = true;
      return Begun.READY;
    } finally {
      if (!begun) {
        abandonPart(fresh.chunkRoot());
      }
    }
  }

  /** Chunks of an incoming blob that are here, from the first on. */
  synchronized int progress(Hash chunkRoot) {
    Incoming progress = incoming.get(chunkRoot);
    return progress == null ? 0 : progress.count();
  }

  /**
   * The next chunk of an incoming blob; whoever calls has proven it to be that. BlobException
   * NO_ROOM once the disk is left to this node's own.
   */
  void append(Hash chunkRoot, byte[] chunk) {
    Incoming progress = incoming(chunkRoot);
    boolean synced = onDisk(() -> progress.append(chunk));
    room.written(place(chunkRoot), chunk.length);
    if (synced) {
      requireDisk();
    }
  }

  private void requireDisk() {
    if (!room.isAboveReserve()) {
      throw new BlobException(
          Reason.NO_ROOM, "less than " + room.reserveBytes() + " bytes of the disk are free");
    }
  }

  /** Whole and durable when it returns; what does not have its root is thrown away: false. */
  boolean complete(Hash chunkRoot) {
    Incoming progress = incoming(chunkRoot);
    if (!progress.hasItsRoot()) {
      abandon(chunkRoot);
      return false;
    }
    onDisk(
        () -> {
          progress.finish(whole);
          return null;
        });
    synchronized (this) {
      incoming.remove(chunkRoot);
      held.computeIfPresent(chunkRoot, (root, blob) -> blob.as(whole));
    }
    return true;
  }

  private synchronized Incoming incoming(Hash chunkRoot) {
    Incoming progress = incoming.get(chunkRoot);
    if (progress == null) {
      throw new IllegalStateException("blob " + chunkRoot + " is not coming in");
    }
    return progress;
  }

  /**
   * A whole blob of another folder is here from now on; what there is of it here gives way, so
   * nobody may be taking it in. Nothing happens if it is whole here already.
   */
  void takeOver(BlobStore other, Held blob) {
    Hash root = blob.chunkRoot();
    Optional<Held> part = find(root);
    if (part.filter(Held::isWhole).isPresent()) {
      return;
    }
    boolean named =
        part.filter(each -> each.committed() && each.sizeBytes() == blob.sizeBytes()).isPresent();
    abandon(root);
    Held here = named ? blob.as(whole).onLedger() : blob.as(whole);
    onDisk(
        () -> {
          other.file(blob).moveTo(file(here), blob.state().suffix(), whole.suffix());
          return null;
        });
    other.forget(blob);
    synchronized (this) {
      held.put(root, here);
    }
    room.move(other.place(root), place(root));
    if (named) {
      room.named(place(root));
    }
  }

  @Override
  public byte[] read(Held blob, int index) {
    return reader.read(file(blob), blob.state().suffix(), index);
  }

  @Override
  public InclusionProof prove(Held blob, int index) {
    return reader.prove(file(blob), blob.state().suffix(), index);
  }

  /**
   * Puts a chunk, proven to be the right one, in the place of a damaged one.
   *
   * @return false if more of it is damaged than can be told apart
   */
  boolean repair(Held blob, int index, byte[] chunk) {
    return reader.repair(file(blob), blob.state().suffix(), index, chunk);
  }

  /** A record on the ledger names it: from now on nothing here deletes it. */
  synchronized void committed(Payload.Blob named) {
    held.computeIfPresent(
        named.chunkRoot(),
        (root, blob) -> {
          if (blob.sizeBytes() != named.sizeBytes()) {
            return blob;
          }
          room.named(place(root));
          return blob.onLedger();
        });
  }

  /** What no record names yet counts as having come now. */
  synchronized void renew(long height) {
    held.replaceAll((root, blob) -> blob.committed() ? blob : blob.at(height));
  }

  /** Forgets a blob that is not whole, or that no record on the ledger needs here. */
  void abandon(Hash chunkRoot) {
    find(chunkRoot)
        .ifPresent(
            blob -> {
              forget(blob);
              room.free(place(chunkRoot), blob.sizeBytes());
              try {
                file(blob).delete(blob.state().suffix());
              } catch (IOException e) {
                LOG.warn("cannot delete blob {}: {}", chunkRoot, e.toString());
              }
            });
  }

  /** Like {@link #abandon}, of what is not whole: this node has signed for nothing of that. */
  void abandonPart(Hash chunkRoot) {
    find(chunkRoot).filter(each -> !each.isWhole()).ifPresent(each -> abandon(chunkRoot));
  }

  private synchronized void forget(Held blob) {
    held.remove(blob.chunkRoot());
    incoming.remove(blob.chunkRoot());
    reader.forget(blob.chunkRoot());
  }

  private BlobFile file(Held blob) {
    return new BlobFile(disk, folder, BlobHead.of(blob));
  }

  @FunctionalInterface
  private interface DiskCall<T> {
    T run() throws IOException;
  }

  private static <T> T onDisk(DiskCall<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  static BlobException failed(IOException e) {
    return new BlobException(Reason.DISK_FAILED, "blobs: " + e.getMessage(), e);
  }
}
