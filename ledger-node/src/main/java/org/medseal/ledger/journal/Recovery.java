package org.medseal.ledger.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.journal.JournalException.Reason;

/** Checks a journal's folder and brings its last file into a state to append to. */
final class Recovery {
  private final Disk disk;
  private final Path folder;
  private final JournalOptions options;
  private final TreeMap<Long, Path> files = new TreeMap<>();

  Recovery(Disk disk, Path folder, JournalOptions options) {
    this.disk = disk;
    this.folder = folder;
    this.options = options;
  }

  /**
   * @param files by first position
   * @param tail the last file, open
   * @param end position of the next frame; everything before it is durable
   * @param marked whether the last frame is the mark of an orderly close
   */
  record Recovered(TreeMap<Long, Path> files, DiskFile tail, long end, boolean marked) {}

  Recovered run() throws IOException {
    for (Path file : disk.list(folder)) {
      FileHeader.firstPosition(file).ifPresent(first -> files.put(first, file));
    }
    if (files.isEmpty()) {
      create(0);
    } else if (lastIsUnfinished()) {
      disk.delete(files.lastEntry().getValue());
      create(files.lastKey());
    }
    checkAllButLast();
    return openLast();
  }

  private void create(long first) throws IOException {
    Path file = folder.resolve(FileHeader.fileName(first));
    createFile(disk, file, first).close();
    files.put(first, file);
  }

  /** Header and name are durable when it returns. */
  static DiskFile createFile(Disk disk, Path file, long first) throws IOException {
    DiskFile created = disk.create(file);
    try {
      created.write(0, FileHeader.encode(first));
      created.sync();
      disk.syncFolder(file.toAbsolutePath().getParent());
      return created;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  /** A header is synced before the first frame, so a file that holds frames holds a header. */
  private boolean lastIsUnfinished() throws IOException {
    Map.Entry<Long, Path> last = files.lastEntry();
    try (DiskFile file = disk.openForReading(last.getValue())) {
      long size = file.size();
      return size < FileHeader.BYTES
          || (size == FileHeader.BYTES && !hasHeader(file, last.getKey(), last.getValue()));
    }
  }

  private void checkAllButLast() throws IOException {
    for (Map.Entry<Long, Path> entry : files.headMap(files.lastKey()).entrySet()) {
      long next = files.higherKey(entry.getKey());
      try (DiskFile file = disk.openForReading(entry.getValue())) {
        if (file.size() < FileHeader.BYTES || !hasHeader(file, entry.getKey(), entry.getValue())) {
          throw damaged(entry.getValue(), 0, "no valid header");
        }
        long end = entry.getKey() + file.size() - FileHeader.BYTES;
        if (end != next) {
          throw damaged(
              entry.getValue(),
              file.size(),
              "ends at position " + end + " but the next file begins at " + next);
        }
      }
    }
  }

  private Recovered openLast() throws IOException {
    long first = files.lastKey();
    Path path = files.lastEntry().getValue();
    DiskFile file = disk.open(path);
    try {
      if (!hasHeader(file, first, path)) {
        throw damaged(path, 0, "no valid header");
      }
      FrameScanner scanner = FrameScanner.sequential(file, first, file.size(), options);
      boolean marked = false;
      Optional<Frame> frame = scanner.next();
      while (frame.isPresent()) {
        marked = frame.get().type() == FrameCodec.TYPE_CLOSED;
        frame = scanner.next();
      }
      if (!scanner.atEnd()) {
        cutTornTail(file, path, scanner);
      }
      file.sync(); // what is read from now on must not vanish with the page cache
      return new Recovered(files, file, scanner.position(), marked);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void cutTornTail(DiskFile file, Path path, FrameScanner scanner) throws IOException {
    if (scanner.laterFrameVouches()) {
      throw damaged(path, scanner.offset(), "a durable frame has been damaged");
    }
    file.truncate(scanner.offset());
  }

  private static boolean hasHeader(DiskFile file, long first, Path path) throws IOException {
    byte[] header = new byte[FileHeader.BYTES];
    file.read(0, header, 0, header.length);
    return FileHeader.isIntact(header, first, path);
  }

  static JournalException damaged(Path file, long offset, String what) {
    return new JournalException(
        Reason.DAMAGED, file + " at offset " + offset + ": " + what + "; restore it from a backup");
  }
}
