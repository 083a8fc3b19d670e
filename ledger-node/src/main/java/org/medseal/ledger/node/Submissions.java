package org.medseal.ledger.node;

import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Transaction;

/**
 * Takes transactions in on the caller's thread, so that callers verify side by side; the engine
 * thread is only told.
 */
record Submissions(EngineThread thread, Application application, EmbeddedEngineCore core) {

  /** NodeException if the node does not run. */
  Verdict submit(Transaction transaction) {
    thread.requireRunning();
    IdentifiedTransaction identified;
    try {
      identified = Transactions.identify(transaction);
    } catch (CodecException e) {
      return Verdict.refused(Verdict.Code.MALFORMED, e.getMessage());
    }
    long checkedAt = application.info().height(); // before the check: it may see more, never less
    Verdict verdict = application.check(identified);
    if (!verdict.isOk() || core.isPending(identified.id())) {
      return verdict;
    }
    Verdict added = core.hold(identified);
    if (added.isOk() && !thread.execute(() -> core.submitted(identified, checkedAt))) {
      thread.requireRunning();
    }
    return added;
  }
}
