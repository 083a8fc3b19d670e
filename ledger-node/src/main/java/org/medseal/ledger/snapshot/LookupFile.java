package org.medseal.ledger.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Bytes;

/** Whole runs of look-ups one after the other; only grows. One thread writes, any read. */
final class LookupFile {
  private static final int MAX_RUN_BYTES = Lookups.RUN * (Lookup.MAX_BYTES + Integer.BYTES);

  private final Path file;
  private final Disk disk;

  LookupFile(Path folder, Disk disk) {
    this.file = folder.resolve("lookups");
    this.disk = disk;
  }

  /** Cuts off what no snapshot knows of, and makes the file if there is none. */
  void truncate(long bytes) throws IOException {
    try (DiskFile out = disk.exists(file) ? disk.open(file) : disk.create(file)) {
      if (out.size() < bytes) {
        throw new IOException(file + " ends at " + out.size() + ", before " + bytes);
      }
      out.truncate(bytes);
    }
  }

  /** 0 if there is none. */
  long size() throws IOException {
    if (!disk.exists(file)) {
      return 0;
    }
    try (DiskFile in = disk.openForReading(file)) {
      return in.size();
    }
  }

  /** Where the run ends; durable after {@link #sync}. */
  long append(long at, List<Bytes> run) throws IOException {
    byte[] bytes = Lookups.write(new CanonicalWriter(), run).toByteArray();
    try (DiskFile out = disk.open(file)) {
      out.write(at, bytes);
    }
    return at + bytes.length;
  }

  void sync() throws IOException {
    try (DiskFile out = disk.open(file)) {
      out.sync();
    }
    disk.syncFolder(file.getParent());
  }

  /**
   * Some of a run, read only as far as they are wanted.
   *
   * @param skipped look-ups of the run before the first wanted
   * @param most bytes that all may have together, with four for the length of each
   */
  List<Bytes> read(Snapshot snapshot, int run, int skipped, int most) throws IOException {
    long end = snapshot.runs().get(run).end();
    long at = run == 0 ? 0 : snapshot.runs().get(run - 1).end();
    List<Bytes> read = new ArrayList<>();
    int bytes = 0;
    try (DiskFile in = disk.openForReading(file)) {
      for (int i = 0; at < end; i++) {
        int length = new CanonicalReader(bytes(in, at, Integer.BYTES)).u32();
        if (length > Lookup.MAX_BYTES || at + Integer.BYTES + length > end) {
          throw new IOException("a look-up of run " + run + " in " + file + " has no such length");
        }
        if (i >= skipped) {
          bytes += Integer.BYTES + length;
          if (bytes > most) {
            break;
          }
          read.add(Bytes.of(bytes(in, at + Integer.BYTES, length)));
        }
        at += Integer.BYTES + length;
      }
    }
    return read;
  }

  private static byte[] bytes(DiskFile in, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.read(at, bytes, 0, length);
    return bytes;
  }

  List<Bytes> read(Snapshot snapshot, int run) throws IOException {
    long from = run == 0 ? 0 : snapshot.runs().get(run - 1).end();
    long length = snapshot.runs().get(run).end() - from;
    if (length < 0 || length > MAX_RUN_BYTES) {
      throw new IOException("run " + run + " in " + file + " cannot be " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    try (DiskFile in = disk.openForReading(file)) {
      in.read(from, bytes, 0, bytes.length);
    }
    return Lookups.read(Bytes.of(bytes));
  }
}
