package org.medseal.ledger.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files through RandomAccessFile, because an interrupt in the middle of a FileChannel call closes
 * the channel: a cancelled request must not take the journal down.
 */
final class FileDisk implements Disk {
  static final FileDisk INSTANCE = new FileDisk();

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private FileDisk() {}

  @Override
  public void createFolder(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      return;
    }
    Path parent = absolute.getParent();
    if (parent != null) {
      createFolder(parent);
    }
    Files.createDirectories(absolute, owner("rwx------"));
    if (parent != null) {
      syncFolder(parent);
    }
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    Files.createFile(file, owner("rw-------"));
    return open(file);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new OpenFile(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    try {
      return new OpenFile(new RandomAccessFile(file.toFile(), "r"));
    } catch (FileNotFoundException e) { // also said where no more files can be opened
      if (Files.notExists(file)) {
        throw (IOException) new NoSuchFileException(file.toString()).initCause(e);
      }
      throw e;
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Space space(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    return new Space(store.getUsableSpace(), store.getTotalSpace());
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held inside this process: the same answer as held by another.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new JournalException(
        JournalException.Reason.LOCKED, file + " is held by another running instance");
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static final class OpenFile implements DiskFile {
    private final RandomAccessFile file;

    OpenFile(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.length();
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      file.seek(at);
      file.readFully(into, offset, length);
    }

    @Override
    public void write(long at, byte[] bytes) throws IOException {
      file.seek(at);
      file.write(bytes);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
