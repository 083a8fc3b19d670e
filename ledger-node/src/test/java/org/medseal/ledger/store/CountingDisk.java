package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;

/** Counts what is read of journals. */
final class CountingDisk implements Disk {
  long journalBytes;
  private final Disk disk;

  CountingDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    disk.createFolder(folder);
  }

  @Override
  public Space space(Path folder) throws IOException {
    return disk.space(folder);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    return disk.list(folder);
  }

  @Override
  public boolean exists(Path file) throws IOException {
    return disk.exists(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return counted(file, disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return counted(file, disk.open(file));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return counted(file, disk.openForReading(file));
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    disk.move(from, to);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    disk.syncFolder(folder);
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    return disk.lock(file);
  }

  private DiskFile counted(Path path, DiskFile file) {
    return new DiskFile() {
      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public void read(long at, byte[] into, int offset, int length) throws IOException {
        if (path.toString().endsWith(".journal")) {
          journalBytes += length;
        }
        file.read(at, into, offset, length);
      }

      @Override
      public void write(long at, byte[] bytes) throws IOException {
        file.write(at, bytes);
      }

      @Override
      public void truncate(long size) throws IOException {
        file.truncate(size);
      }

      @Override
      public void sync() throws IOException {
        file.sync();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
