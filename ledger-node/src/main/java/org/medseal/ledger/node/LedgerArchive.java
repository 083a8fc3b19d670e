package org.medseal.ledger.node;

import java.nio.file.Path;
import java.util.List;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.app.ActionThreads;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.store.LedgerFiles;

/**
 * A home's ledger at rest, opened to be shown. Holds the home as a running node does:
 * StoreException LOCKED if there is one. What the index has not taken in yet is not shown.
 */
public final class LedgerArchive implements AutoCloseable {
  private final Resources resources = new Resources();
  private final LedgerCopy copy;
  private final LedgerAudit audit;
  private final H2Index index;

  private LedgerArchive(Path home, Genesis genesis) {
    try {
      LedgerFiles files = resources.add(LedgerFiles.open(home, Disk.real()));
      index = resources.add(H2Index.open(home.resolve("index"), files.blocks().height()));
      copy = new LedgerCopy(genesis, files.blocks(), index);
      audit = CopyAudit.of(home, genesis, files.blocks(), index);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  public static LedgerArchive open(Path home, Genesis genesis) {
    return new LedgerArchive(home, genesis);
  }

  /** Of the newest block that can be shown. */
  public long height() {
    return copy.height();
  }

  /** All of an institution, in ledger order. */
  public List<CommittedTransaction> auditAnchors(String institution) {
    return ActionThreads.auditAnchors(index, institution);
  }

  public LedgerAudit audit() {
    return audit;
  }

  @Override
  public void close() {
    resources.close();
  }
}
