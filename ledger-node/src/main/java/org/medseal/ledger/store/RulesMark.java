package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * The number of the rules under which a home's newest block was decided: the file {@code
 * ledger/rules}. A ledger without it was written under the first.
 */
public final class RulesMark {
  private static final int MAX_BYTES = 32;

  private final Disk disk;
  private final Path file;
  private final int own;
  private int written;

  private RulesMark(Path home, Disk disk, int own) {
    this.disk = disk;
    this.file = home.toAbsolutePath().resolve("ledger").resolve("rules");
    this.own = own;
  }

  /** StoreException OTHER_VERSION if the home's ledger was written under newer rules than these. */
  public static void require(Path home) {
    open(home, Disk.real(), LedgerRules.NUMBER);
  }

  /**
   * The same.
   *
   * @param own number of the rules this node judges by
   */
  static RulesMark open(Path home, Disk disk, int own) {
    RulesMark mark = of(home, disk, own);
    if (mark.number() > own) {
      throw new StoreException(
          Reason.OTHER_VERSION,
          "the ledger in "
              + home
              + " was written by ledger rules "
              + mark.number()
              + " and this MedSeal judges by rules "
              + own
              + ": start it with the MedSeal that wrote it (docs/operations.md, \"Nodes of another"
              + " version\")");
    }
    return mark;
  }

  /** Whatever it says. */
  static RulesMark of(Path home, Disk disk, int own) {
    RulesMark mark = new RulesMark(home, disk, own);
    try {
      mark.written = disk.exists(mark.file) ? mark.read() : 0;
      return mark;
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot read " + mark.file, e);
    }
  }

  /** Under which the newest block was decided, or the first there will be. */
  int number() {
    return written == 0 ? LedgerRules.FIRST : written;
  }

  /** Durable when it returns: from here on blocks are decided under this node's own rules. */
  public void raise() {
    set(own);
  }

  void set(int number) {
    if (number == written) {
      return;
    }
    try {
      SmallFile.replace(disk, file, number + "\n");
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot write " + file, e);
    }
    written = number;
  }

  private int read() throws IOException {
    String text = SmallFile.read(disk, file, MAX_BYTES).strip();
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new StoreException(
          Reason.DAMAGED,
          file + " holds no number of ledger rules: move the folder ledger away, or restore it");
    }
    return Integer.parseInt(text);
  }
}
