package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import java.util.OptionalInt;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/** What the pieces of one engine share. */
record Parts(
    EngineSettings settings,
    Application application,
    Mempool mempool,
    Environment environment,
    Chain chain,
    BlockRules rules,
    Signatures signatures,
    OwnSignatures own,
    SigningGate gate,
    TrustAnchor anchor,
    EvidencePool evidence,
    ClockWatch clock,
    ReceiptPool receipts) {

  static Parts of(
      EngineSettings settings,
      Application application,
      Mempool mempool,
      Environment environment,
      SignatureCheck check) {
    String chainId = settings.genesis().chainId();
    Chain chain = new Chain(settings.genesis(), application, environment.blocks());
    Signatures signatures = new Signatures(chainId, check);
    SigningGate gate = new SigningGate(settings, environment, application, chain, check);
    return new Parts(
        settings,
        application,
        mempool,
        environment,
        chain,
        new BlockRules(settings.genesis(), application, chain, signatures),
        signatures,
        new OwnSignatures(chainId, environment.signState(), environment.signer(), gate),
        gate,
        new TrustAnchor(settings.genesis(), settings.trusted(), settings.pacing().clockWindowMs()),
        new EvidencePool(),
        new ClockWatch(settings.pacing().clockWindowMs()),
        new ReceiptPool(settings.genesis()));
  }

  /** Whether a block of the next height could carry what shows that these chunks are kept. */
  boolean isKept(Payload.Blob blob) {
    return receipts.isEnough(blob, receiptRules());
  }

  /** Of the next height. */
  ReceiptRules receiptRules() {
    ChainState tip = chain.state();
    return new ReceiptRules(tip.validators(), settings.genesis().parameters(), tip.nextHeight());
  }

  /** Is there anything to propose? */
  boolean hasCandidate() {
    return mempool.hasCandidate(this::isKept);
  }

  /**
   * Whether what is decided at the next height may be believed, and so taken part in: its
   * validators still answer for what they sign, or nothing is decided there without this one.
   */
  boolean mayDecide() {
    ChainState tip = chain.state();
    return anchor.isFresh(tip, environment.nowMs()) || decidesAlone(tip.validators());
  }

  /** Why it may not. */
  Optional<TrustAnchor.Distrust> distrust() {
    ChainState tip = chain.state();
    return anchor.refusal(tip, environment.nowMs()).filter(each -> !decidesAlone(tip.validators()));
  }

  private boolean decidesAlone(ValidatorSet validators) {
    return self(validators).stream()
        .anyMatch(index -> validators.isQuorum(validators.get(index).stake()));
  }

  /** Whether it is time for a block with nothing in it. */
  boolean isHeartbeatDue() {
    return anchor.isHeartbeat(chain.state(), environment.nowMs());
  }

  /** Own index in a set; empty for a node that only follows, or lacks the key named there. */
  OptionalInt self(ValidatorSet validators) {
    return validators.validators().stream()
        .filter(each -> each.institution().equals(settings.institution()))
        .filter(each -> environment.signer().holds(each.key()))
        .mapToInt(Validator::index)
        .findFirst();
  }
}
