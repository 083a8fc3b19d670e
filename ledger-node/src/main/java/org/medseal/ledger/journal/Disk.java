package org.medseal.ledger.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file system calls durability rests on, so that tests can make them fail. */
public interface Disk {
  /** The machine's own file system. */
  static Disk real() {
    return FileDisk.INSTANCE;
  }

  /** With its parents; durable when it returns. */
  void createFolder(Path folder) throws IOException;

  /** Regular files directly in the folder. */
  List<Path> list(Path folder) throws IOException;

  boolean exists(Path file) throws IOException;

  /**
   * A new, empty file, readable by its owner only; its name is durable after {@link #syncFolder}.
   */
  DiskFile create(Path file) throws IOException;

  DiskFile open(Path file) throws IOException;

  DiskFile openForReading(Path file) throws IOException;

  void delete(Path file) throws IOException;

  /** Atomically, replacing the target. */
  void move(Path from, Path to) throws IOException;

  void syncFolder(Path folder) throws IOException;

  /** Of the file system the folder is on. */
  Space space(Path folder) throws IOException;

  /**
   * Room on a file system.
   *
   * @param usableBytes still free for this process
   * @param totalBytes free or not
   */
  record Space(long usableBytes, long totalBytes) {}

  /** Exclusive until closed or the process ends; JournalException LOCKED if somebody has it. */
  AutoCloseable lock(Path file) throws IOException;
}
