package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.journal.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of blobs as earlier runs left it; what cannot be a blob is deleted. */
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  private final Disk disk;
  private final Path folder;

  Shelf(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Those with a readable head and, if they are said to be whole, all their bytes. */
  List<Held> scan(List<State> states) throws IOException {
    disk.createFolder(folder);
    List<Held> found = new ArrayList<>();
    for (Path path : disk.list(folder)) {
      for (State state : states) {
        if (path.toString().endsWith(state.suffix())) {
          Optional<Held> blob = read(path, state);
          blob.ifPresentOrElse(
              found::add, () -> LOG.error("{} is of no whole blob and is deleted", path));
          if (blob.isEmpty()) {
            disk.delete(path);
          }
        }
      }
    }
    deleteOrphans(found);
    return found;
  }

  private Optional<Held> read(Path path, State state) throws IOException {
    Optional<BlobHead> head = BlobFile.readHead(disk, path);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    BlobFile file = new BlobFile(disk, folder, head.get());
    boolean sound =
        file.meta(state.suffix()).equals(path)
            && (state == State.INCOMING ? disk.exists(file.data()) : file.isFull(state.suffix()));
    return sound
        ? Optional.of(
            new Held(
                head.get().chunkRoot(), head.get().sizeBytes(), head.get().height(), state, false))
        : Optional.empty();
  }

  /** Chunks whose head a crash kept from being written, or deleted first. */
  private void deleteOrphans(List<Held> found) throws IOException {
    Set<Path> known = new HashSet<>();
    for (Held each : found) {
      known.add(new BlobFile(disk, folder, BlobHead.of(each)).data());
    }
    for (Path path : disk.list(folder)) {
      if (path.toString().endsWith(BlobFile.DATA) && !known.contains(path)) {
        LOG.info("{} belongs to no blob and is deleted", path);
        disk.delete(path);
      }
    }
  }

  /** Deletes whatever is in the folder. */
  void clear() throws IOException {
    disk.createFolder(folder);
    for (Path path : disk.list(folder)) {
      disk.delete(path);
    }
    disk.syncFolder(folder);
  }
}
