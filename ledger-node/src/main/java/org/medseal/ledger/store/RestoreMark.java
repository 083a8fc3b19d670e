package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * Stands in a home while a backup is put into it, so that half of a ledger is not taken for one.
 */
final class RestoreMark {
  private final Path file;
  private final Disk disk;

  private RestoreMark(Path home, Disk disk) {
    this.file = home.toAbsolutePath().resolve("ledger").resolve("restoring");
    this.disk = disk;
  }

  /** StoreException OUT_OF_ORDER in a home into which a restore was cut short. */
  static void requireNone(Path home, Disk disk) {
    try {
      if (disk.exists(new RestoreMark(home, disk).file)) {
        throw new StoreException(
            Reason.OUT_OF_ORDER,
            "a restore into "
                + home
                + " was cut short: move its folder ledger away, restore again");
      }
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot look into " + home, e);
    }
  }

  /** Durable when it returns. */
  static RestoreMark set(Path home, Disk disk) throws IOException {
    RestoreMark mark = new RestoreMark(home, disk);
    SmallFile.replace(disk, mark.file, "a backup is being restored\n");
    return mark;
  }

  /** All of the backup is durable. */
  void remove() throws IOException {
    SmallFile.remove(disk, file);
  }
}
