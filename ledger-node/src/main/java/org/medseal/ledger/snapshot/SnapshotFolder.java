package org.medseal.ledger.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.snapshot.SnapshotException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots a node has on disk: the newest ones and, if it joined by one, that one for ever,
 * because its index is rebuilt from it. A file is whole or not there. From any thread.
 */
public final class SnapshotFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolder.class);
  private static final String ENDING = ".snapshot";
  private static final long MAX_FILE_BYTES = 1 << 30;

  private final Path folder;
  private final Disk disk;
  private final LookupFile lookups;
  private final TreeMap<Long, Path> files = new TreeMap<>(); // guarded by this

  private SnapshotFolder(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
    this.lookups = new LookupFile(folder, disk);
  }

  /** Creates it if there is none; SnapshotException WRITE_FAILED if it cannot be used. */
  public static SnapshotFolder open(Path folder, Disk disk) {
    return open(folder, disk, 0);
  }

  /**
   * The same; newest snapshots that cannot be used are deleted, because the next one would grow out
   * of them.
   *
   * @param pinned the one the node joined by, never deleted: SnapshotException DAMAGED names it; 0
   *     for none
   */
  public static SnapshotFolder open(Path folder, Disk disk, long pinned) {
    SnapshotFolder opened = new SnapshotFolder(folder, disk);
    try {
      disk.createFolder(folder);
      for (Path each : disk.list(folder)) {
        String name = each.getFileName().toString();
        if (name.matches("\\d{20}\\" + ENDING)) {
          opened.files.put(Long.parseLong(name.substring(0, 20)), each);
        } else if (name.endsWith(".new")) {
          disk.delete(each);
        }
      }
      opened.lookups.truncate(opened.usableEnd(pinned));
    } catch (IOException e) {
      throw new SnapshotException(Reason.WRITE_FAILED, "cannot use folder " + folder, e);
    }
    return opened;
  }

  /** Of the look-up file, as far as the newest snapshot reaches that can be used. */
  private long usableEnd(long pinned) throws IOException {
    long size = lookups.size();
    for (List<Long> left = heights(); !left.isEmpty(); left = heights()) {
      long height = left.get(left.size() - 1);
      try {
        long end = find(height).map(Snapshot::end).orElse(0L);
        if (end <= size) {
          return end;
        }
        throw new SnapshotException(
            Reason.DAMAGED, "the look-ups in " + folder + " end at " + size + ", before " + end);
      } catch (SnapshotException e) {
        if (height == pinned) {
          throw e;
        }
        LOG.warn("snapshot of height {} is deleted: {}", height, e.getMessage());
        delete(height);
      }
    }
    return 0;
  }

  private void delete(long height) throws IOException {
    Path file;
    synchronized (this) {
      file = files.remove(height);
    }
    disk.delete(file);
  }

  /** Ascending. */
  synchronized List<Long> heights() {
    return List.copyOf(files.keySet());
  }

  Optional<Snapshot> newest() {
    List<Long> heights = heights();
    return heights.isEmpty() ? Optional.empty() : find(heights.get(heights.size() - 1));
  }

  /** SnapshotException DAMAGED names a file that cannot be read. */
  Optional<Snapshot> find(long height) {
    Optional<Path> file;
    synchronized (this) {
      file = Optional.ofNullable(files.get(height));
    }
    return file.map(this::read);
  }

  private Snapshot read(Path file) {
    try (DiskFile in = disk.openForReading(file)) {
      long size = in.size();
      if (size > MAX_FILE_BYTES) {
        throw new SnapshotException(Reason.DAMAGED, file + " is too large for a snapshot");
      }
      byte[] bytes = new byte[(int) size];
      in.read(0, bytes, 0, bytes.length);
      return Snapshot.decode(bytes);
    } catch (CodecException | IOException e) {
      throw new SnapshotException(
          Reason.DAMAGED, "snapshot " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Of a run, after so many, as many as have these bytes together. */
  List<Bytes> part(Snapshot snapshot, int run, int skipped, int most) {
    try {
      return lookups.read(snapshot, run, skipped, most);
    } catch (CodecException | IOException e) {
      throw new SnapshotException(
          Reason.DAMAGED, "look-ups in " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  List<Bytes> run(Snapshot snapshot, int run) {
    try {
      return lookups.read(snapshot, run);
    } catch (CodecException | IOException e) {
      throw new SnapshotException(
          Reason.DAMAGED, "look-ups in " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** All look-ups of a snapshot in ledger order, read and checked run by run. */
  public Iterator<Lookup> lookups(long height) {
    Snapshot snapshot =
        find(height)
            .orElseThrow(
                () ->
                    new SnapshotException(
                        Reason.DAMAGED,
                        "the snapshot of height "
                            + height
                            + " is missing in "
                            + folder
                            + ": move the folder ledger away and join anew"));
    return new Iterator<>() {
      private int run;
      private Iterator<Bytes> present = List.<Bytes>of().iterator();

      @Override
      public boolean hasNext() {
        while (!present.hasNext() && run <= snapshot.runs().size()) {
          present = entries(snapshot, run++).iterator();
        }
        return present.hasNext();
      }

      @Override
      public Lookup next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return Lookup.decode(present.next());
      }
    };
  }

  private List<Bytes> entries(Snapshot snapshot, int run) {
    if (run == snapshot.runs().size()) {
      return snapshot.rest();
    }
    List<Bytes> entries = run(snapshot, run);
    if (!Lookups.root(entries).equals(snapshot.runs().get(run).root())) {
      throw new SnapshotException(
          Reason.DAMAGED, "run " + run + " of the look-ups in " + folder + " has been changed");
    }
    return entries;
  }

  /** State of a snapshot that is there. */
  public Bytes state(long height) {
    return find(height)
        .map(Snapshot::state)
        .orElseThrow(
            () ->
                new SnapshotException(
                    Reason.DAMAGED, "no snapshot of " + height + " in " + folder));
  }

  LookupFile lookupFile() {
    return lookups;
  }

  /** Durable when it returns, and its runs with it. */
  void add(Snapshot snapshot) throws IOException {
    lookups.sync();
    Path file = folder.resolve(String.format("%020d%s", snapshot.height(), ENDING));
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    if (disk.exists(temporary)) {
      disk.delete(temporary);
    }
    try (DiskFile out = disk.create(temporary)) {
      out.write(0, snapshot.encode());
      out.sync();
    }
    disk.move(temporary, file);
    disk.syncFolder(folder);
    synchronized (this) {
      files.put(snapshot.height(), file);
    }
  }

  /**
   * Deletes all but the newest.
   *
   * @param pinned stays; 0 for none
   */
  void keepNewest(int count, long pinned) throws IOException {
    List<Long> old = new ArrayList<>(heights());
    old.remove(pinned);
    for (long each : old.subList(0, Math.max(0, old.size() - count))) {
      delete(each);
    }
  }
}
