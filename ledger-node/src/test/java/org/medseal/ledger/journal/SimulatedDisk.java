package org.medseal.ledger.journal;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A disk in memory that keeps apart what was synced and what a power cut would lose, and that fails
 * when told to.
 */
public final class SimulatedDisk implements Disk {
  /** Called before each operation; throwing makes it fail. */
  @FunctionalInterface
  public interface Hook {
    void before(String operation, Path file) throws IOException;
  }

  private final Map<Path, Inode> names = new LinkedHashMap<>();
  private final Map<Path, Inode> durableNames = new LinkedHashMap<>();
  private final List<Path> locks = new ArrayList<>();
  private volatile Hook hook = (operation, file) -> {};
  private volatile int shortWrite = -1;
  private volatile Space space = new Space(1L << 40, 1L << 40);
  private int syncs;

  private static final class Inode {
    private byte[] content = new byte[0];
    private byte[] durable = new byte[0];
  }

  public void hook(Hook newHook) {
    hook = newHook;
  }

  /** The next write stores this many bytes, then fails. */
  public void failNextWriteAfter(int bytes) {
    shortWrite = bytes;
  }

  public synchronized int syncs() {
    return syncs;
  }

  /** The disk after a power cut: only what was synced, plus some unsynced bytes of each file. */
  public synchronized SimulatedDisk afterPowerCut(int unsyncedBytesKept) {
    SimulatedDisk disk = new SimulatedDisk();
    durableNames.forEach(
        (path, inode) -> {
          Inode kept = new Inode();
          int size = Math.min(inode.content.length, inode.durable.length + unsyncedBytesKept);
          kept.content =
              inode.content.length >= inode.durable.length
                  ? Arrays.copyOf(inode.content, size)
                  : inode.durable.clone();
          kept.durable = kept.content.clone();
          disk.names.put(path, kept);
          disk.durableNames.put(path, kept);
        });
    return disk;
  }

  public synchronized byte[] content(Path file) {
    return names.get(file).content.clone();
  }

  @Override
  public void createFolder(Path folder) {}

  @Override
  public Space space(Path folder) {
    return space;
  }

  /** What is free from now on, whatever is written. */
  public void space(long usableBytes, long totalBytes) {
    space = new Space(usableBytes, totalBytes);
  }

  @Override
  public synchronized List<Path> list(Path folder) {
    return names.keySet().stream().filter(path -> folder.equals(path.getParent())).toList();
  }

  @Override
  public synchronized boolean exists(Path file) {
    return names.containsKey(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    hook.before("create", file);
    synchronized (this) {
      if (names.containsKey(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      names.put(file, new Inode());
    }
    return open(file);
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new FileNotFoundException(file.toString());
    }
    return new OpenFile(file, inode);
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return open(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    hook.before("delete", file);
    synchronized (this) {
      names.remove(file);
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    hook.before("move", from);
    synchronized (this) {
      names.put(to, names.remove(from));
    }
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    hook.before("syncFolder", folder);
    synchronized (this) {
      durableNames.keySet().removeIf(path -> folder.equals(path.getParent()));
      names.forEach(
          (path, inode) -> {
            if (folder.equals(path.getParent())) {
              durableNames.put(path, inode);
            }
          });
    }
  }

  @Override
  public synchronized AutoCloseable lock(Path file) {
    if (locks.contains(file)) {
      throw new JournalException(JournalException.Reason.LOCKED, file + " is held");
    }
    locks.add(file);
    return () -> {
      synchronized (this) {
        locks.remove(file);
      }
    };
  }

  private final class OpenFile implements DiskFile {
    private final Path path;
    private final Inode inode;

    OpenFile(Path path, Inode inode) {
      this.path = path;
      this.inode = inode;
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        return inode.content.length;
      }
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      synchronized (SimulatedDisk.this) {
        if (at + length > inode.content.length) {
          throw new EOFException(path.toString());
        }
        System.arraycopy(inode.content, (int) at, into, offset, length);
      }
    }

    @Override
    public void write(long at, byte[] bytes) throws IOException {
      hook.before("write", path);
      int allowed = shortWrite < 0 ? bytes.length : Math.min(shortWrite, bytes.length);
      synchronized (SimulatedDisk.this) {
        int size = Math.max(inode.content.length, (int) at + allowed);
        byte[] content = Arrays.copyOf(inode.content, size);
        System.arraycopy(bytes, 0, content, (int) at, allowed);
        inode.content = content;
      }
      if (shortWrite >= 0) {
        shortWrite = -1;
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      hook.before("truncate", path);
      synchronized (SimulatedDisk.this) {
        inode.content = Arrays.copyOf(inode.content, (int) size);
      }
    }

    @Override
    public void sync() throws IOException {
      byte[] content;
      synchronized (SimulatedDisk.this) {
        content = inode.content;
      }
      hook.before("sync", path);
      synchronized (SimulatedDisk.this) {
        inode.durable = content.clone();
        syncs++;
      }
    }

    @Override
    public void close() {}
  }
}
