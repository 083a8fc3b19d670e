package org.medseal.ledger.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files kept open for reading, the longest unused closed first. From any thread, one at a time. */
final class OpenFiles implements AutoCloseable {
  private static final int BOUND = 4;

  private final Disk disk;
  private final Map<Path, DiskFile> open = new LinkedHashMap<>(16, 0.75f, true);

  OpenFiles(Disk disk) {
    this.disk = disk;
  }

  /** What is done with an open file. */
  interface Reading<T> {
    T read(DiskFile file) throws IOException;
  }

  synchronized <T> T reading(Path path, Reading<T> reading) throws IOException {
    DiskFile file = open.get(path);
    if (file == null) {
      evict();
      file = disk.openForReading(path);
      open.put(path, file);
    }
    try {
      return reading.read(file);
    } catch (IOException e) {
      forget(path);
      throw e;
    }
  }

  private void evict() throws IOException {
    Iterator<DiskFile> longestUnusedFirst = open.values().iterator();
    while (open.size() >= BOUND) {
      DiskFile file = longestUnusedFirst.next();
      longestUnusedFirst.remove();
      file.close();
    }
  }

  /** Before the file is deleted, or when it cannot be read. */
  synchronized void forget(Path path) throws IOException {
    DiskFile file = open.remove(path);
    if (file != null) {
      file.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (Path path : open.keySet().toArray(Path[]::new)) {
      forget(path);
    }
  }
}
