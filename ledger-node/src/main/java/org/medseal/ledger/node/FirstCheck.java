package org.medseal.ledger.node;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.ChecksAhead.Finding;

/** What is to become of a transaction from a peer, as far as its bytes and signature tell. */
final class FirstCheck implements BiFunction<Integer, IdentifiedTransaction, Finding> {
  private final LedgerApplication application;
  private final Mempool mempool;
  private final Supplier<EmbeddedEngineCore> core;

  /**
   * @param core asked for once peers speak, not before
   */
  FirstCheck(LedgerApplication application, Mempool mempool, Supplier<EmbeddedEngineCore> core) {
    this.application = application;
    this.mempool = mempool;
    this.core = core;
  }

  @Override
  public Finding apply(Integer peer, IdentifiedTransaction transaction) {
    if (core.get().isBanned(peer)) {
      return Finding.DROP;
    }
    if (mempool.contains(transaction.id())) {
      return Finding.KEEP;
    }
    Verdict verdict = application.check(transaction);
    if (EmbeddedEngineCore.isBlamed(transaction, verdict)) {
      return Finding.BLAME;
    }
    return verdict.isOk() || verdict.code() == Verdict.Code.ALREADY_COMMITTED
        ? Finding.KEEP
        : Finding.DROP;
  }
}
