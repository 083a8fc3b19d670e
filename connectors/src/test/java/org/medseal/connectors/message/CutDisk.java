package org.medseal.connectors.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;

/**
 * A disk that ends at a chosen call. What was written stays, as when a process is killed; a second
 * folder holds only what was synced, as after a power cut. The real disk is not waited for.
 */
final class CutDisk implements Disk {
  private final Disk real = Disk.real();
  private final Path root;
  private final Optional<Path> synced;
  private int left;
  private volatile Runnable beforeSync = () -> {};
  private volatile Consumer<Path> beforeChange = path -> {};

  /** The given number of changing calls goes well. */
  CutDisk(Path root, Path synced, int calls) {
    this(root, Optional.of(synced), calls);
  }

  /** One that does not end, and waits for nothing. */
  static CutDisk endless(Path root) {
    return new CutDisk(root, Optional.empty(), Integer.MAX_VALUE);
  }

  private CutDisk(Path root, Optional<Path> synced, int calls) {
    this.root = root;
    this.synced = synced;
    this.left = calls;
  }

  /** Whether it has come to its end. */
  synchronized boolean isCut() {
    return left < 0;
  }

  /** It ends with the next changing call. */
  synchronized void cut() {
    left = 0;
  }

  /** Something that happens while a file is being synced. */
  void beforeSync(Runnable action) {
    beforeSync = action;
  }

  /** Something that happens before each changing call; it is told the file or folder. */
  void beforeChange(Consumer<Path> action) {
    beforeChange = action;
  }

  private void step(Path path) throws IOException {
    beforeChange.accept(path);
    count();
  }

  private synchronized void count() throws IOException {
    if (--left < 0) {
      throw new IOException("cut");
    }
  }

  private Path shadow(Path path) throws IOException {
    Path to = synced.orElseThrow().resolve(root.relativize(path));
    Files.createDirectories(to.getParent());
    return to;
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    real.createFolder(folder);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    return real.list(folder);
  }

  @Override
  public boolean exists(Path file) throws IOException {
    return real.exists(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    step(file);
    return new Cut(real.create(file), file);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new Cut(real.open(file), file);
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return real.openForReading(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    step(file);
    real.delete(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    step(to);
    real.move(from, to);
  }

  /** Names that are gone are gone for good; a new one lasts with what of it was synced. */
  @Override
  public void syncFolder(Path folder) throws IOException {
    step(folder);
    if (synced.isEmpty()) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (Path file : real.list(folder)) {
      names.add(file.getFileName().toString());
    }
    Path there = shadow(folder.resolve("any")).getParent();
    try (Stream<Path> kept = Files.list(there)) {
      for (Path file : kept.toList()) {
        if (!names.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public Space space(Path folder) throws IOException {
    return real.space(folder);
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    return real.lock(file);
  }

  private final class Cut implements DiskFile {
    private final DiskFile file;
    private final Path path;

    Cut(DiskFile file, Path path) {
      this.file = file;
      this.path = path;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      file.read(at, into, offset, length);
    }

    @Override
    public void write(long at, byte[] bytes) throws IOException {
      step(path);
      file.write(at, bytes);
    }

    @Override
    public void truncate(long size) throws IOException {
      step(path);
      file.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      beforeSync.run();
      step(path);
      if (synced.isPresent()) {
        Files.copy(path, shadow(path), StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
