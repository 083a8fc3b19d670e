package org.medseal.connectors.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.content.Content;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.journal.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages too large for a frame of the inbox: one file each, sealed under the storage key while it
 * is written, under a random name. From any thread.
 */
public final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final int NAME_BYTES = 16;
  private static final int NAME_LENGTH = 2 * NAME_BYTES;

  private static final int LEAST_ROOM = 4 << 10;

  /** What stays free on the disk, so that journals can go on. */
  private static final long RESERVE_BYTES = 256L << 20;

  private final Path folder;
  private final Disk disk;
  private final LocalCipher cipher;
  private final MessageLimits limits;
  private final Runnable roomRequired;
  private final SecureRandom random = new SecureRandom();
  private volatile int usualBytes = LEAST_ROOM;

  /** A folder on a disk. */
  record Place(Path folder, Disk disk) {}

  Spool(Place place, LocalCipher cipher, MessageLimits limits, Runnable roomRequired) {
    this.folder = place.folder();
    this.disk = place.disk();
    this.cipher = cipher;
    this.limits = limits;
    this.roomRequired = roomRequired;
  }

  /** For one message. BackPressureException while the inbox or the disk is full. */
  public SpoolStream create() {
    roomRequired.run();
    requireDisk();
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return new SpoolStream(this, HexFormat.of().formatHex(name));
  }

  void requireDisk() {
    try {
      if (disk.space(folder).usableBytes() < RESERVE_BYTES) {
        throw new BackPressureException("the disk of the inbox is full");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool folder cannot be used", e);
    }
  }

  /** What {@link SpoolStream} wrote; a name of the journal, so nothing but hexadecimal digits. */
  Content content(String name, long sizeBytes) {
    return new SpooledContent(this, name, sizeBytes, Optional.empty());
  }

  Path file(String name) {
    if (name.length() != NAME_LENGTH || !name.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("no name of a spooled file");
    }
    return folder.resolve(name);
  }

  LocalCipher cipher() {
    return cipher;
  }

  /** Room for one like the last, as the images of a series are: growing costs copies. */
  int usualBytes() {
    return usualBytes;
  }

  /** Of one that fits into the journal. */
  void noteUsual(int sizeBytes) {
    usualBytes = Math.max(LEAST_ROOM, (sizeBytes | (LEAST_ROOM - 1)) + 1);
  }

  long mostBytes() {
    return limits.maxSpooledBytes();
  }

  static String context(String name) {
    return "medseal inbox spool " + name;
  }

  /** Before the first message, also where a crash came before its name was on disk. */
  void createFolder() {
    try {
      disk.createFolder(folder);
      disk.syncFolder(folder.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("the spool folder cannot be made", e);
    }
  }

  /** So that the names are as durable as the files. */
  void syncFolder() throws IOException {
    disk.syncFolder(folder);
  }

  /** A file that cannot be deleted now goes at the next start. */
  void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      LOG.warn("a spooled file stays until the next start ({})", e.getClass().getName());
    }
  }

  /** At the start: deletes what no message names, left by a crash or by a finished message. */
  void sweep(Set<String> named) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!named.contains(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool folder cannot be swept", e);
    }
  }
}
