package org.medseal.ledger.node;

import java.nio.file.Path;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.store.LedgerBackup;
import org.medseal.ledger.store.LedgerFiles;

/** What an operator does to a home whose node does not run. */
public final class LedgerRestore {
  private LedgerRestore() {}

  /**
   * Puts a backup's blocks into a home that has none, and forgets the index. The node follows when
   * it is started, and signs nothing until ADR 012 allows it.
   *
   * @param prepare done after the backup was found to be usable, before anything is written
   */
  public static LedgerBackup.Summary restore(Path home, Path from, Runnable prepare) {
    LedgerBackup.Summary summary = LedgerBackup.restore(home, from, prepare);
    H2Index.discard(home.resolve("index"));
    return summary;
  }

  /**
   * The operator answers for it that no other copy of this validator runs or will run: at its next
   * start it signs again once it has heard from its peers.
   *
   * @return false if nothing kept it from signing
   */
  public static boolean confirmSigning(Path home) {
    try (LedgerFiles files = LedgerFiles.open(home, Disk.real())) {
      if (files.silence().kind() == SilenceMark.Kind.NONE) {
        return false;
      }
      files.silence().set(SilenceMark.Kind.CONFIRMED, "an operator confirmed");
      return true;
    }
  }
}
