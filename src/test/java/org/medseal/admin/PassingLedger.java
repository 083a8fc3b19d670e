package org.medseal.admin;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Transaction;

/** Another ledger, but for what a test looks at or changes. */
class PassingLedger implements Ledger {
  private final Ledger behind;

  PassingLedger(Ledger behind) {
    this.behind = behind;
  }

  @Override
  public Genesis genesis() {
    return behind.genesis();
  }

  @Override
  public String institution() {
    return behind.institution();
  }

  @Override
  public Verdict submit(Transaction transaction) {
    return behind.submit(transaction);
  }

  @Override
  public Optional<CommittedTransaction> find(Hash transactionId) {
    return behind.find(transactionId);
  }

  @Override
  public List<RecordReference> recordsByTags(Collection<Hash> tags) {
    return behind.recordsByTags(tags);
  }

  @Override
  public LedgerView view() {
    return behind.view();
  }

  @Override
  public Optional<Block> block(long height) {
    return behind.block(height);
  }

  @Override
  public EngineStatus status() {
    return behind.status();
  }

  @Override
  public Blobs blobs() {
    return behind.blobs();
  }

  @Override
  public LedgerAudit audit() {
    return behind.audit();
  }

  @Override
  public Listening onBlock(long fromHeight, Consumer<CommittedBlock> listener) {
    return behind.onBlock(fromHeight, listener);
  }
}
