package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * The mark as a small file that a person can read; no file means no mark. A file that cannot be
 * read means silence.
 */
public final class SilenceFile implements SilenceMark {
  private static final int MAX_BYTES = 4096;

  private final Disk disk;
  private final Path file;
  private Kind kind;
  private String reason = "";

  private SilenceFile(Disk disk, Path file) throws IOException {
    this.disk = disk;
    this.file = file;
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
      if (next == Kind.NONE) {
        SmallFile.remove(disk, file);
      } else {
        SmallFile.replace(disk, file, next.name() + "\n" + why + "\n");
      }
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

  private Kind read() throws IOException {
    List<String> lines = SmallFile.read(disk, file, MAX_BYTES).lines().toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    reason = lines.size() < 2 ? "marked by " + file : lines.get(1);
    return first.equals(Kind.CONFIRMED.name()) ? Kind.CONFIRMED : Kind.SILENT;
  }
}
