package org.medseal.ledger.app;

import org.medseal.ledger.app.Overlay.Moment;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.Transaction;

/**
 * The ledger's rules: what may stand in a block at a place. Cheap ones first; signatures are left
 * to the caller as claims.
 */
final class Rules {
  private final RecordRules records;
  private final InstitutionRules institutions;

  Rules(Proofs proofs) {
    this.records = new RecordRules(proofs);
    this.institutions = new InstitutionRules(proofs);
  }

  /** The answer depends on the overlay and the transaction alone. */
  Judgement judge(IdentifiedTransaction identified, Overlay overlay) {
    Transaction transaction = identified.transaction();
    ChainFacts facts = overlay.state().facts();
    if (identified.encoded().length() > facts.parameters().maxBlockBytes()) {
      return Judgement.refused(Code.TOO_LARGE, identified.encoded().length() + " bytes");
    }
    if (!transaction.chainId().equals(facts.chainId())) {
      return Judgement.refused(Code.NOT_ALLOWED, "meant for another chain");
    }
    Judgement expiry = judgeExpiry(transaction, overlay.moment(), facts.parameters());
    if (expiry.isRefused()) {
      return expiry;
    }
    if (overlay.contains(identified.id())) {
      return Judgement.refused(Code.ALREADY_COMMITTED, "stands on the ledger");
    }
    if (transaction instanceof RecordTransaction record) {
      return records.judge(identified.id(), record, overlay);
    }
    return institutions.judge(identified.id(), (InstitutionTransaction) transaction, overlay);
  }

  private static Judgement judgeExpiry(
      Transaction transaction, Moment moment, Parameters parameters) {
    if (transaction.expiryHeight() < moment.height()) {
      return Judgement.refused(Code.EXPIRED, "expired at height " + transaction.expiryHeight());
    }
    if (transaction.expiryHeight() - moment.height() > parameters.maxExpiryBlocks()) {
      return Judgement.refused(
          Code.EXPIRED,
          "expiry height " + transaction.expiryHeight() + " lies too far above the ledger's");
    }
    return Judgement.provided();
  }
}
