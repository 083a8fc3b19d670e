package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.crypto.Digests;
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
 * Blobs kept for others, under their chunk root, within a quota; own ones on their way out are kept
 * apart and neither shown nor counted. A blob is whole only once all of it is durable and its root
 * is right. From any thread; of one incoming blob, one thread at a time.
 */
final class BlobStore {
  /** Chunks written between two syncs: what a crash may cost. */
  static final int SYNC_CHUNKS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);
  private static final int TREES = 4;

  private final Disk disk;
  private final Path folder;
  private final Path outgoingFolder;
  private final long quotaBytes;
  private final Map<Hash, Held> held = new HashMap<>();
  private final Map<Hash, Held> outgoing = new HashMap<>();
  private final Map<Hash, Incoming> incoming = new HashMap<>();
  private final Map<Hash, ChunkTree> trees =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, ChunkTree> eldest) {
          return size() > TREES;
        }
      };
  private long usedBytes;

  /** Progress of a blob that comes chunk by chunk. */
  private static final class Incoming {
    private final BlobFile file;
    private final List<Hash> hashes;
    private int synced;

    Incoming(BlobFile file, List<Hash> intact) {
      this.file = file;
      this.hashes = new ArrayList<>(intact);
      this.synced = intact.size();
    }
  }

  /** Whether an offered blob is taken in. */
  enum Begun {
    READY,
    WHOLE,
    NO_ROOM,
    /** The root's size is known, and is another one. */
    OTHER_SIZE
  }

  private BlobStore(Path folder, Disk disk, long quotaBytes) {
    this.disk = disk;
    this.folder = folder;
    this.outgoingFolder = folder.resolve("out");
    this.quotaBytes = quotaBytes;
  }

  /** Finds what earlier runs left; a blob of theirs that was not finished goes on from there. */
  static BlobStore open(Path folder, Disk disk, long quotaBytes) {
    BlobStore store = new BlobStore(folder.toAbsolutePath(), disk, quotaBytes);
    store.scan();
    return store;
  }

  private void scan() {
    onDisk(
        () -> {
          disk.createFolder(folder);
          disk.createFolder(outgoingFolder);
          scan(folder, List.of(State.INCOMING, State.TRANSIT, State.REPLICA), held);
          scan(outgoingFolder, List.of(State.OUTGOING), outgoing);
          for (Path path : disk.list(outgoingFolder)) {
            if (OutgoingSink.isUnfinished(path)) {
              disk.delete(path);
            }
          }
          return null;
        });
    usedBytes = held.values().stream().mapToLong(Held::sizeBytes).sum();
  }

  private void scan(Path where, List<State> states, Map<Hash, Held> found) throws IOException {
    for (Path path : disk.list(where)) {
      for (State state : states) {
        if (path.toString().endsWith(state.suffix())) {
          Optional<BlobHead> head = BlobFile.readHead(disk, path);
          head.ifPresentOrElse(
              each ->
                  found.put(
                      each.chunkRoot(),
                      new Held(each.chunkRoot(), each.sizeBytes(), each.height(), state, false)),
              () -> LOG.error("{} has no readable head: the blob is fetched again", path));
        }
      }
    }
  }

  /** Not an own one on its way out. */
  synchronized Optional<Held> find(Hash chunkRoot) {
    return Optional.ofNullable(held.get(chunkRoot));
  }

  synchronized Optional<Held> outgoing(Hash chunkRoot) {
    return Optional.ofNullable(outgoing.get(chunkRoot));
  }

  synchronized List<Held> all() {
    return List.copyOf(held.values());
  }

  synchronized List<Held> allOutgoing() {
    return List.copyOf(outgoing.values());
  }

  synchronized long usedBytes() {
    return usedBytes;
  }

  long quotaBytes() {
    return quotaBytes;
  }

  /** Takes the ciphertext of one payload sealed here. */
  OutgoingSink create(long height) {
    return new OutgoingSink(disk, outgoingFolder, height, this::sealed, this::dropOutgoing);
  }

  private synchronized void sealed(Held blob) {
    outgoing.put(blob.chunkRoot(), blob);
  }

  /**
   * Room for it is set aside; WHOLE if it is here already. A part of another size is thrown away
   * unless a record on the ledger says that size: nobody may be taking it in at the moment.
   */
  Begun begin(Payload.Blob blob, long height) {
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
        if (blob.sizeBytes() > quotaBytes - usedBytes) {
          return Begun.NO_ROOM;
        }
        usedBytes += blob.sizeBytes();
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
      Incoming progress = onDisk(() -> known == null ? start(fresh) : resume(known));
      synchronized (this) {
        incoming.put(fresh.chunkRoot(), progress);
      }
      begun = true;
      return Begun.READY;
    } finally {
      if (!begun) {
        abandon(fresh.chunkRoot());
      }
    }
  }

  private Incoming start(BlobHead head) throws IOException {
    BlobFile file = new BlobFile(disk, folder, head);
    file.create(State.INCOMING.suffix());
    return new Incoming(file, List.of());
  }

  private Incoming resume(Held known) throws IOException {
    BlobFile file = file(known);
    return new Incoming(file, file.intact(State.INCOMING.suffix()));
  }

  /** Chunks of an incoming blob that are here, from the first on. */
  synchronized int progress(Hash chunkRoot) {
    Incoming progress = incoming.get(chunkRoot);
    return progress == null ? 0 : progress.hashes.size();
  }

  /** The next chunk of an incoming blob; whoever calls has proven it to be that. */
  void append(Hash chunkRoot, byte[] chunk) {
    Incoming progress = incoming(chunkRoot);
    onDisk(
        () -> {
          int index = progress.hashes.size();
          if (chunk.length != progress.file.head().chunkLength(index)) {
            throw new IllegalArgumentException("chunk " + index + " of another length");
          }
          progress.file.write(index, chunk);
          progress.hashes.add(Hash.of(Digests.sha256(chunk)));
          if (progress.hashes.size() - progress.synced >= SYNC_CHUNKS) {
            sync(progress);
          }
          return null;
        });
  }

  private static void sync(Incoming progress) throws IOException {
    List<Hash> fresh = progress.hashes.subList(progress.synced, progress.hashes.size());
    progress.file.sync(State.INCOMING.suffix(), progress.synced, fresh);
    progress.synced = progress.hashes.size();
  }

  /** Whole and durable when it returns; what does not have its root is thrown away: false. */
  boolean complete(Hash chunkRoot, State as) {
    Incoming progress = incoming(chunkRoot);
    boolean right =
        progress.hashes.size() == progress.file.head().chunkCount()
            && new ChunkTree(progress.hashes).root().equals(chunkRoot);
    if (!right) {
      abandon(chunkRoot);
      return false;
    }
    onDisk(
        () -> {
          sync(progress);
          progress.file.rename(State.INCOMING.suffix(), as.suffix());
          return null;
        });
    synchronized (this) {
      incoming.remove(chunkRoot);
      held.computeIfPresent(chunkRoot, (root, blob) -> blob.as(as));
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

  /** What passed through is kept for good from now on. */
  void promote(Hash chunkRoot) {
    Optional<Held> blob = find(chunkRoot).filter(each -> each.state() == State.TRANSIT);
    blob.ifPresent(
        each -> {
          onDisk(
              () -> {
                file(each).rename(State.TRANSIT.suffix(), State.REPLICA.suffix());
                return null;
              });
          synchronized (this) {
            held.computeIfPresent(chunkRoot, (root, known) -> known.as(State.REPLICA));
          }
        });
  }

  /** BlobException DAMAGED naming file and offset if the bytes are not what they were. */
  byte[] read(Held blob, int index) {
    BlobFile file = file(blob);
    return onDisk(
        () -> {
          byte[] chunk = file.read(index);
          Hash found = Hash.of(Digests.sha256(chunk));
          if (!ChunkTree.isProven(found, tree(blob).prove(index), blob.chunkRoot())) {
            throw damaged(file, index, null);
          }
          return chunk;
        },
        e -> damaged(file, index, e));
  }

  private static BlobException damaged(BlobFile file, int index, IOException cause) {
    return new BlobException(
        Reason.DAMAGED,
        file.data() + ": chunk at offset " + BlobHead.chunkAt(index) + " is damaged",
        cause);
  }

  /** Shows that a chunk is part of a blob here. */
  InclusionProof prove(Held blob, int index) {
    return onDisk(() -> tree(blob).prove(index));
  }

  private ChunkTree tree(Held blob) throws IOException {
    synchronized (this) {
      ChunkTree known = trees.get(blob.chunkRoot());
      if (known != null) {
        return known;
      }
    }
    BlobFile file = file(blob);
    List<Hash> hashes = file.hashes(blob.state().suffix());
    boolean right =
        hashes.size() == file.head().chunkCount()
            && new ChunkTree(hashes).root().equals(blob.chunkRoot());
    if (!right) {
      throw new BlobException(
          Reason.DAMAGED, file.meta(blob.state().suffix()) + ": the chunks' hashes are damaged");
    }
    ChunkTree tree = new ChunkTree(hashes);
    synchronized (this) {
      trees.put(blob.chunkRoot(), tree);
    }
    return tree;
  }

  /** Puts a chunk, proven to be the right one, in the place of a damaged one. */
  void repair(Held blob, int index, byte[] chunk) {
    BlobFile file = file(blob);
    onDisk(
        () -> {
          file.write(index, chunk);
          file.sync(blob.state().suffix(), index, List.of(Hash.of(Digests.sha256(chunk))));
          return null;
        });
  }

  /** A record on the ledger names it: from now on nothing here deletes it. */
  synchronized void committed(Payload.Blob named) {
    held.computeIfPresent(
        named.chunkRoot(),
        (root, blob) -> blob.sizeBytes() == named.sizeBytes() ? blob.onLedger() : blob);
  }

  /** What no record names yet counts as having come now. */
  synchronized void renew(long height) {
    held.replaceAll((root, blob) -> blob.committed() ? blob : blob.at(height));
  }

  /** Forgets a blob that is not whole, or that no record on the ledger needs here. */
  void abandon(Hash chunkRoot) {
    Optional<Held> blob;
    synchronized (this) {
      blob = Optional.ofNullable(held.remove(chunkRoot));
      incoming.remove(chunkRoot);
      trees.remove(chunkRoot);
      usedBytes -= blob.map(Held::sizeBytes).orElse(0L);
    }
    blob.ifPresent(this::delete);
  }

  void dropOutgoing(Hash chunkRoot) {
    Optional<Held> blob;
    synchronized (this) {
      blob = Optional.ofNullable(outgoing.remove(chunkRoot));
    }
    blob.ifPresent(this::delete);
  }

  private void delete(Held blob) {
    try {
      file(blob).delete(blob.state().suffix());
    } catch (IOException e) {
      LOG.warn("cannot delete blob {}: {}", blob.chunkRoot(), e.toString());
    }
  }

  private BlobFile file(Held blob) {
    Path where = blob.state() == State.OUTGOING ? outgoingFolder : folder;
    return new BlobFile(
        disk, where, new BlobHead(blob.chunkRoot(), blob.sizeBytes(), blob.height()));
  }

  @FunctionalInterface
  private interface DiskCall<T> {
    T run() throws IOException;
  }

  private static <T> T onDisk(DiskCall<T> call) {
    return onDisk(call, BlobStore::failed);
  }

  private static <T> T onDisk(DiskCall<T> call, Function<IOException, BlobException> failure) {
    try {
      return call.run();
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  static BlobException failed(IOException e) {
    return new BlobException(Reason.DISK_FAILED, "blobs: " + e.getMessage(), e);
  }
}
