package org.medseal.ledger.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.journal.JournalException.Reason;

/** Walks a journal without changing or locking it, as whoever checks a copy does. */
public final class JournalReader {
  private JournalReader() {}

  /**
   * Visits frames in order up to the first place where none stands intact, and says where that is;
   * empty when all of the journal was. A torn tail counts as such a place.
   */
  public static Optional<String> walk(
      Path folder, JournalOptions options, Journal.Visitor visitor) {
    try {
      return walk(Disk.real(), folder, options, visitor);
    } catch (IOException e) {
      throw new JournalException(Reason.READ_FAILED, "cannot read the journal in " + folder, e);
    }
  }

  /**
   * Visits every whole frame of a journal that its owner may be writing to at this moment. What
   * stands unfinished at the very end is left out; damage before it is a JournalException DAMAGED
   * naming file and offset.
   */
  public static void walkWhole(
      Path folder, JournalOptions options, Journal.Visitor visitor, Disk disk) {
    try {
      NavigableMap<Long, Path> files = filesIn(disk, folder);
      for (Map.Entry<Long, Path> entry : files.entrySet()) {
        visitWhole(entry, files.higherKey(entry.getKey()), options, visitor, disk);
      }
    } catch (IOException e) {
      throw new JournalException(Reason.READ_FAILED, "cannot read the journal in " + folder, e);
    }
  }

  private static void visitWhole(
      Map.Entry<Long, Path> entry,
      Long nextFile,
      JournalOptions options,
      Journal.Visitor visitor,
      Disk disk)
      throws IOException {
    try (DiskFile file = disk.openForReading(entry.getValue())) {
      long size = file.size();
      boolean last = nextFile == null;
      if (size < FileHeader.BYTES || !hasHeader(file, entry)) {
        if (last) {
          return; // just being made
        }
        throw Recovery.damaged(entry.getValue(), 0, "no valid header");
      }
      FrameScanner scanner = FrameScanner.sequential(file, entry.getKey(), size, options);
      visitAll(scanner, visitor);
      if (!scanner.atEnd() && (!last || scanner.laterFrameVouches())) {
        throw Recovery.damaged(entry.getValue(), scanner.offset(), "no intact frame here");
      }
      if (!last && scanner.position() != nextFile) {
        throw Recovery.damaged(
            entry.getValue(), scanner.offset(), "ends before the next file begins");
      }
    }
  }

  private static NavigableMap<Long, Path> filesIn(Disk disk, Path folder) throws IOException {
    TreeMap<Long, Path> files = new TreeMap<>();
    for (Path file : disk.list(folder)) {
      FileHeader.firstPosition(file).ifPresent(first -> files.put(first, file));
    }
    return files;
  }

  private static Optional<String> walk(
      Disk disk, Path folder, JournalOptions options, Journal.Visitor visitor) throws IOException {
    NavigableMap<Long, Path> files = filesIn(disk, folder);
    long expected = files.isEmpty() ? 0 : files.firstKey();
    for (Map.Entry<Long, Path> entry : files.entrySet()) {
      if (entry.getKey() != expected) {
        return Optional.of(entry.getValue() + " does not begin where the file before it ends");
      }
      try (DiskFile file = disk.openForReading(entry.getValue())) {
        if (file.size() < FileHeader.BYTES || !hasHeader(file, entry)) {
          return Optional.of(entry.getValue() + " has no valid header");
        }
        FrameScanner scanner = FrameScanner.sequential(file, entry.getKey(), file.size(), options);
        visitAll(scanner, visitor);
        if (!scanner.atEnd()) {
          return Optional.of(entry.getValue() + " at offset " + scanner.offset());
        }
        expected = scanner.position();
      }
    }
    return Optional.empty();
  }

  private static void visitAll(FrameScanner scanner, Journal.Visitor visitor) throws IOException {
    for (Optional<Frame> next = scanner.next(); next.isPresent(); next = scanner.next()) {
      Frame frame = next.get();
      if (frame.type() != FrameCodec.TYPE_CLOSED) {
        visitor.visit(frame.position(), frame.type(), frame.payload());
      }
    }
  }

  private static boolean hasHeader(DiskFile file, Map.Entry<Long, Path> entry) throws IOException {
    byte[] header = new byte[FileHeader.BYTES];
    file.read(0, header, 0, header.length);
    return FileHeader.isIntact(header, entry.getKey(), entry.getValue());
  }
}
