package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;

/** Files of some lines that a person can read, replaced as a whole. */
final class SmallFile {
  private SmallFile() {}

  /** Durable when it returns; a crash leaves the old text or the new. */
  static void replace(Disk disk, Path file, String text) throws IOException {
    replace(disk, file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void replace(Disk disk, Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    if (disk.exists(fresh)) {
      disk.delete(fresh);
    }
    try (DiskFile out = disk.create(fresh)) {
      out.write(0, content);
      out.sync();
    }
    disk.move(fresh, file);
    disk.syncFolder(file.getParent());
  }

  /** Durable when it returns; nothing if it is not there. */
  static void remove(Disk disk, Path file) throws IOException {
    if (disk.exists(file)) {
      disk.delete(file);
      disk.syncFolder(file.getParent());
    }
  }

  /** At most so many bytes of it. */
  static String read(Disk disk, Path file, int maxBytes) throws IOException {
    try (DiskFile in = disk.openForReading(file)) {
      byte[] content = new byte[(int) Math.min(in.size(), maxBytes)];
      in.read(0, content, 0, content.length);
      return new String(content, StandardCharsets.UTF_8);
    }
  }
}
