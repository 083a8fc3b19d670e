package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * The mark as a small file that a person can read; no file means no mark. A file that cannot be
 * read means silence.
 */
public final class SilenceFile implements SilenceMark {
  private static final int MAX_BYTES = 4096;

  private final Disk disk;
  private final Path file;
  private final Path temporary;
  private Kind kind;
  private String reason = "";

  private SilenceFile(Disk disk, Path file) throws IOException {
    this.disk = disk;
    this.file = file;
    this.temporary = file.resolveSibling(file.getFileName() + ".new");
    this.kind = disk.exists(file) ? read() : Kind.NONE;
  }

  /** StoreException WRITE_FAILED if the folder cannot be read. */
  public static SilenceFile open(Path file, Disk disk) {
    try {
      return new SilenceFile(disk, file);
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot read " + file, e);
    }
  }

  @Override
  public synchronized Kind kind() {
    return kind;
  }

  @Override
  public synchronized void set(Kind next, String why) {
    try {
      if (disk.exists(temporary)) {
        disk.delete(temporary);
      }
      if (next == Kind.NONE) {
        if (disk.exists(file)) {
          disk.delete(file);
        }
      } else {
        write(next.name() + "\n" + why + "\n");
      }
      disk.syncFolder(file.getParent());
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot write " + file, e);
    }
    kind = next;
    reason = why;
  }

  /** What the mark says; empty without a mark. */
  public synchronized Optional<String> reason() {
    return kind == Kind.NONE ? Optional.empty() : Optional.of(reason);
  }

  private void write(String text) throws IOException {
    try (DiskFile out = disk.create(temporary)) {
      out.write(0, text.getBytes(StandardCharsets.UTF_8));
      out.sync();
    }
    disk.move(temporary, file);
  }

  private Kind read() throws IOException {
    byte[] content;
    try (DiskFile in = disk.openForReading(file)) {
      content = new byte[(int) Math.min(in.size(), MAX_BYTES)];
      in.read(0, content, 0, content.length);
    }
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    reason = lines.size() < 2 ? "marked by " + file : lines.get(1);
    return first.equals(Kind.CONFIRMED.name()) ? Kind.CONFIRMED : Kind.SILENT;
  }
}
