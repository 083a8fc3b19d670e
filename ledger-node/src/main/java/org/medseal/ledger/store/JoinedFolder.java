package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * Where a home keeps what it joined by: {@code ledger/joined} with the base, the snapshot and the
 * older blocks. It is made as {@code ledger/joining} and gets its name when all of it is durable:
 * what is half made is never looked at.
 */
public final class JoinedFolder {
  /** Inside a joining or joined folder, and in the ledger's folder of a home that did not join. */
  public static final String SNAPSHOTS = "snapshots";

  private static final String BASE = "base";
  private static final int MAX_BASE_BYTES = 64 << 20;

  private JoinedFolder() {}

  public static Path joining(Path home) {
    return home.toAbsolutePath().resolve("ledger").resolve("joining");
  }

  static Path joined(Path home) {
    return joining(home).resolveSibling("joined");
  }

  /** Of a home that did, or did not, join by a snapshot. */
  public static Path snapshots(Path home, boolean joined) {
    return (joined ? joined(home) : home.toAbsolutePath().resolve("ledger")).resolve(SNAPSHOTS);
  }

  /** Inside a joining or joined folder. */
  public static Path older(Path folder) {
    return folder.resolve("older");
  }

  /** Makes what stands in {@code joining} the home's own; the last step. */
  public static void finish(Path home, Base base, Disk disk) throws IOException {
    Path folder = joining(home);
    try (DiskFile out = disk.create(folder.resolve(BASE))) {
      out.write(0, base.encode().toArray());
      out.sync();
    }
    disk.syncFolder(folder);
    disk.move(folder, joined(home));
    disk.syncFolder(folder.getParent());
  }

  /**
   * The blocks from before the snapshot a home joined by, ascending, of a copy that a node may be
   * writing to; the visitor's answer false ends it. Nothing to visit in a home that did not join.
   *
   * @throws StoreException OUT_OF_ORDER if they are not all here yet, DAMAGED names what is not
   *     intact
   */
  public static void walkOlder(Path home, Disk disk, BiPredicate<StoredBlock, Bytes> visitor) {
    Optional<Base> base = base(home, disk);
    if (base.isEmpty()) {
      return;
    }
    OlderBlocks older = OlderBlocks.look(older(joined(home)), disk, base.get().height());
    if (older.lowest() > 1) {
      throw new StoreException(
          Reason.OUT_OF_ORDER,
          "this node joined by a snapshot and has not fetched blocks 1 to "
              + (older.lowest() - 1)
              + " yet: wait until its status says nothing of them any more");
    }
    for (long height = 1; height <= base.get().height(); height++) {
      StoredBlock stored = older.block(height).orElseThrow().stored();
      if (!visitor.test(stored, older.outcome(height).orElseThrow())) {
        return;
      }
    }
  }

  /** Empty for a home that executed all its blocks itself. */
  static Optional<Base> base(Path home, Disk disk) {
    Path file = joined(home).resolve(BASE);
    try {
      if (!disk.exists(file)) {
        return Optional.empty();
      }
      try (DiskFile in = disk.openForReading(file)) {
        long size = in.size();
        if (size > MAX_BASE_BYTES) {
          throw new StoreException(Reason.DAMAGED, file + " is no base of a ledger");
        }
        byte[] content = new byte[(int) size];
        in.read(0, content, 0, content.length);
        return Optional.of(Base.decode(Bytes.of(content)));
      }
    } catch (CodecException | IOException e) {
      throw new StoreException(
          Reason.DAMAGED, file + " cannot be read: move the folder ledger away and join anew", e);
    }
  }
}
