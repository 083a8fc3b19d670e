package org.medseal.ledger.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;

/** The machine's own disk, until it is full or its syncs fail. */
final class FaultyDisk implements Disk {
  private final Disk disk = Disk.real();
  private volatile boolean full;
  private volatile boolean syncsFail;

  void fill() {
    full = true;
  }

  void failSyncs() {
    syncsFail = true;
  }

  private void mayWrite() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
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
    mayWrite();
    return new Faulty(disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new Faulty(disk.open(file));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return disk.openForReading(file);
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

  private final class Faulty implements DiskFile {
    private final DiskFile file;

    Faulty(DiskFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      file.read(at, into, offset, length);
    }

    /** Half of it gets there, as on a disk that fills up. */
    @Override
    public void write(long at, byte[] bytes) throws IOException {
      if (full) {
        file.write(at, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      }
      mayWrite();
      file.write(at, bytes);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      if (syncsFail) {
        throw new IOException("Input/output error");
      }
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
