package org.medseal.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditQuery;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Transaction;

/** Notes which transactions people sent of which the trail did not speak before. */
final class WatchedLedger extends PassingLedger {
  private final AuditTrail trail;
  private final List<String> unsaid = new CopyOnWriteArrayList<>();
  private final AtomicReference<Class<? extends Action>> failing = new AtomicReference<>();

  WatchedLedger(Ledger behind, AuditTrail trail) {
    super(behind);
    this.trail = trail;
  }

  List<String> unsaid() {
    return List.copyOf(unsaid);
  }

  /** The next one of this kind ends in an exception that nobody expects. */
  void failsNext(Class<? extends Action> kind) {
    failing.set(kind);
  }

  @Override
  public Verdict submit(Transaction transaction) {
    if (transaction instanceof InstitutionTransaction signed) {
      String id = Transactions.identify(transaction).id().hex();
      if (intentions(id) == 0) {
        unsaid.add(signed.action().getClass().getSimpleName());
      }
      if (failing.compareAndSet(signed.action().getClass(), null)) {
        throw new IllegalStateException("a ledger that fails");
      }
    }
    return super.submit(transaction);
  }

  private int intentions(String id) {
    AuditQuery said =
        new AuditQuery(
            Optional.empty(),
            Optional.empty(),
            AuditQuery.ALL.period(),
            Optional.of(AuditEntry.INTENDED),
            Optional.of(id));
    try {
      byte[] found = new AuditEvents(trail, institution(), "/").bundle(said, 0, 1);
      return Json.MAPPER.readTree(found).path("total").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
