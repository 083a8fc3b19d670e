package org.medseal.ledger.sim;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;

/**
 * A file system in memory on which the node's real journals, segments and sign-state run. A crash
 * keeps any number of the first unsynced changes of each file, the next one torn, and any number of
 * the first unsynced changes of names. Every call may be the last one.
 */
final class SimFiles implements Disk {
  private final Map<Path, Inode> names = new TreeMap<>();
  private final List<Naming> unsyncedNames = new ArrayList<>();
  private CrashPoints crashes = point -> {};
  private boolean dead;

  /** One write not yet synced, with what it takes to undo it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(int at, byte[] before, int sizeBefore, byte[] written) {}

  /**
   * One change of names not yet synced.
   *
   * @param needed file that would not be there, or not be the right one, without it
   */
  private record Naming(Optional<Path> needed, Runnable undo) {}

  private static final class Inode {
    private byte[] content = new byte[256];
    private int size;
    private final List<Change> unsynced = new ArrayList<>();

    private Inode copy() {
      Inode copy = new Inode();
      copy.content = content.clone();
      copy.size = size;
      return copy;
    }
  }

  void crashes(CrashPoints points) {
    crashes = points;
  }

  private void at(String point, Path file) {
    if (dead) {
      throw new CrashPoints.Crash("after the crash");
    }
    try {
      crashes.at(point + " " + file.getFileName());
    } catch (CrashPoints.Crash crash) {
      dead = true;
      throw crash;
    }
  }

  /** The power is back. Returns how many changes were lost or torn. */
  int recover(Random random) {
    dead = false;
    int lost = 0;
    for (Inode inode : names.values()) {
      lost += lose(inode, random);
    }
    int kept = random.nextInt(unsyncedNames.size() + 1);
    for (int i = unsyncedNames.size() - 1; i >= kept; i--) {
      unsyncedNames.get(i).undo().run();
      lost++;
    }
    unsyncedNames.clear();
    return lost;
  }

  private static int lose(Inode inode, Random random) {
    int kept = random.nextInt(inode.unsynced.size() + 1);
    int lost = inode.unsynced.size() - kept;
    for (int i = inode.unsynced.size() - 1; i >= kept; i--) {
      Change change = inode.unsynced.get(i);
      inode.size = change.sizeBefore();
      System.arraycopy(change.before(), 0, inode.content, change.at(), change.before().length);
      if (i == kept) {
        byte[] torn = Arrays.copyOf(change.written(), random.nextInt(change.written().length + 1));
        put(inode, change.at(), torn);
      }
    }
    inode.unsynced.clear();
    return lost;
  }

  /** What is here now; run, it is here again, as when a machine is set back to a snapshot. */
  Runnable snapshot() {
    Map<Path, Inode> kept = new TreeMap<>();
    names.forEach((path, inode) -> kept.put(path, inode.copy()));
    return () -> {
      dead = false;
      names.clear();
      kept.forEach((path, inode) -> names.put(path, inode.copy()));
      unsyncedNames.clear();
    };
  }

  /** Nothing under this path would be lost now. */
  boolean isDurable(Path path) {
    return unsyncedNames.stream()
            .noneMatch(each -> each.needed().filter(file -> file.startsWith(path)).isPresent())
        && names.entrySet().stream()
            .filter(each -> each.getKey().startsWith(path))
            .allMatch(each -> each.getValue().unsynced.isEmpty());
  }

  /** What only somebody forgetful loses. */
  void forget(Path folder) {
    names.keySet().removeIf(each -> each.startsWith(folder));
    unsyncedNames.clear();
  }

  private static void put(Inode inode, int at, byte[] bytes) {
    int end = at + bytes.length;
    if (end > inode.content.length) {
      inode.content = Arrays.copyOf(inode.content, Math.max(end, 2 * inode.content.length));
    }
    System.arraycopy(bytes, 0, inode.content, at, bytes.length);
    inode.size = Math.max(inode.size, end);
  }

  @Override
  public void createFolder(Path folder) {}

  @Override
  public Space space(Path folder) {
    return new Space(1L << 40, 1L << 40);
  }

  @Override
  public List<Path> list(Path folder) {
    return names.keySet().stream().filter(path -> folder.equals(path.getParent())).toList();
  }

  @Override
  public boolean exists(Path file) {
    return names.containsKey(file);
  }

  @Override
  public DiskFile create(Path file) throws FileAlreadyExistsException {
    at("create", file);
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Inode inode = new Inode();
    names.put(file, inode);
    unsyncedNames.add(new Naming(Optional.of(file), () -> names.remove(file)));
    return new OpenFile(file, inode);
  }

  @Override
  public DiskFile open(Path file) throws FileNotFoundException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new FileNotFoundException(file.toString());
    }
    return new OpenFile(file, inode);
  }

  @Override
  public DiskFile openForReading(Path file) throws FileNotFoundException {
    return open(file);
  }

  @Override
  public void delete(Path file) {
    at("delete", file);
    Inode gone = names.remove(file);
    if (gone != null) {
      unsyncedNames.add(new Naming(Optional.empty(), () -> names.put(file, gone)));
    }
  }

  @Override
  public void move(Path from, Path to) {
    at("move", from);
    if (!names.containsKey(from)) {
      moveFolder(from, to);
      return;
    }
    Inode moved = names.remove(from);
    Inode replaced = names.put(to, moved);
    unsyncedNames.add(
        new Naming(
            Optional.of(to),
            () -> {
              names.put(from, moved);
              if (replaced == null) {
                names.remove(to);
              } else {
                names.put(to, replaced);
              }
            }));
  }

  private void moveFolder(Path from, Path to) {
    rename(from, to);
    unsyncedNames.add(new Naming(Optional.of(to), () -> rename(to, from)));
  }

  private void rename(Path from, Path to) {
    for (Path each : List.copyOf(names.keySet())) {
      if (each.startsWith(from)) {
        names.put(to.resolve(from.relativize(each)), names.remove(each));
      }
    }
  }

  /** Whether it crashed and the power is not back. */
  boolean isDead() {
    return dead;
  }

  @Override
  public void syncFolder(Path folder) {
    at("before syncing folder", folder);
    unsyncedNames.clear();
    at("after syncing folder", folder);
  }

  @Override
  public AutoCloseable lock(Path file) {
    return () -> {};
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
      return inode.size;
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws EOFException {
      if (at + length > inode.size) {
        throw new EOFException(path.toString());
      }
      System.arraycopy(inode.content, (int) at, into, offset, length);
    }

    @Override
    public void write(long at, byte[] bytes) {
      at("write", path);
      int start = (int) at;
      byte[] before =
          Arrays.copyOfRange(
              inode.content, start, Math.max(start, Math.min(inode.size, start + bytes.length)));
      inode.unsynced.add(new Change(start, before, inode.size, bytes.clone()));
      put(inode, start, bytes);
    }

    @Override
    public void truncate(long size) {
      at("truncate", path);
      int kept = (int) size;
      byte[] before = Arrays.copyOfRange(inode.content, kept, Math.max(kept, inode.size));
      inode.unsynced.add(new Change(kept, before, inode.size, new byte[0]));
      inode.size = kept;
    }

    @Override
    public void sync() {
      at("before syncing", path);
      inode.unsynced.clear();
      at("after syncing", path);
    }

    @Override
    public void close() {}
  }
}
