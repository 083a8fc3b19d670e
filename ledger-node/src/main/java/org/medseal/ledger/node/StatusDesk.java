package org.medseal.ledger.node;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.store.LedgerFiles;

/** Asks the engine how it stands, and answers for it when it does not. From any thread. */
final class StatusDesk {
  private static final long WAIT_MS = 2_000;

  private final EngineThread thread;
  private final LedgerFiles files;
  private volatile Optional<EngineStatus> last = Optional.empty();

  StatusDesk(EngineThread thread, LedgerFiles files) {
    this.thread = thread;
    this.files = files;
  }

  /** Throws nothing. */
  EngineStatus ask(EmbeddedEngineCore core) {
    try {
      Optional<EngineStatus> status = thread.call(core::status, WAIT_MS);
      if (status.isPresent()) {
        last = status;
        return status.get();
      }
    } catch (NodeException e) {
      if (e.reason() != NodeException.Reason.INTERRUPTED) {
        return LastStatus.stopped(lastKnown(), thread.failure());
      }
    }
    return LastStatus.busy(lastKnown(), WAIT_MS);
  }

  private EngineStatus lastKnown() {
    return last.orElseGet(
        () -> new EngineStatus(files.blocks().height(), Hash.ZERO, 0, "IDLE", "", 0, List.of()));
  }
}
