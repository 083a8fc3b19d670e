package org.medseal.ledger.node;

import java.util.function.Consumer;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.Transaction;

/**
 * Takes transactions in on the caller's thread, so that callers verify side by side; the engine
 * thread is only told.
 *
 * @param onBlob told of the chunks of a record that was taken in
 */
record Submissions(
    EngineThread thread,
    Application application,
    EmbeddedEngineCore core,
    Consumer<Payload.Blob> onBlob) {

  /** NodeException if the node does not run. */
  Verdict submit(Transaction transaction) {
    Verdict verdict = take(transaction);
    if (verdict.isOk()
        && transaction instanceof RecordTransaction record
        && record.witness().payload() instanceof Payload.Blob blob) {
      onBlob.accept(blob);
    }
    return verdict;
  }

  private Verdict take(Transaction transaction) {
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
