package org.medseal.connectors.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Transaction;

/** A ledger of one node in memory; blocks come when the test says so. */
public final class MemoryLedger implements Ledger {
  private final Genesis genesis;
  private final List<Consumer<CommittedBlock>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Hash, IdentifiedTransaction> pool = new LinkedHashMap<>();
  private final Map<Hash, CommittedTransaction> committed = new LinkedHashMap<>();
  private final Map<Hash, Error> failing = new LinkedHashMap<>();
  private final List<byte[]> sent = new ArrayList<>();
  private long height;
  private int epoch = 1;
  private int custodianSet;
  private Optional<Verdict> refusal = Optional.empty();
  private boolean commitsAtOnce;

  private final MemoryBlobs blobs = new MemoryBlobs();

  @Override
  public MemoryBlobs blobs() {
    return blobs;
  }

  public MemoryLedger(Genesis genesis) {
    this.genesis = genesis;
    custodianSet = genesis.custodians().version();
  }

  /** Every transaction gets a block of its own as soon as it is sent. */
  public synchronized MemoryLedger committingAtOnce() {
    commitsAtOnce = true;
    return this;
  }

  public synchronized void refuseWith(Verdict verdict) {
    refusal = Optional.of(verdict);
  }

  public synchronized void refuseNothing() {
    refusal = Optional.empty();
  }

  /** Any look-up of this transaction ends with the error. */
  public synchronized void failAt(Hash id, Error error) {
    failing.put(id, error);
  }

  /** What a crash of the node loses. */
  public synchronized void forgetPool() {
    pool.clear();
  }

  public synchronized void nextEpoch() {
    epoch++;
  }

  public synchronized void nextCustodians() {
    custodianSet++;
  }

  public synchronized List<byte[]> sent() {
    return List.copyOf(sent);
  }

  public synchronized List<CommittedTransaction> all() {
    return List.copyOf(committed.values());
  }

  /** A block of all that waits. */
  public void block() {
    CommittedBlock block;
    synchronized (this) {
      height++;
      List<IdentifiedTransaction> transactions = List.copyOf(pool.values());
      pool.clear();
      for (int i = 0; i < transactions.size(); i++) {
        IdentifiedTransaction t = transactions.get(i);
        committed.put(t.id(), new CommittedTransaction(t.id(), height, i, height, t.transaction()));
      }
      block = new CommittedBlock(height, height, Hash.ZERO, transactions);
    }
    listeners.forEach(l -> l.accept(block));
  }

  public void blocks(int count) {
    for (int i = 0; i < count; i++) {
      block();
    }
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public String institution() {
    return Consortium.NAME;
  }

  @Override
  public Verdict submit(Transaction transaction) {
    Verdict verdict = take(Transactions.identify(transaction));
    if (verdict.isOk() && commitsAtOnce) {
      block();
    }
    return verdict;
  }

  private synchronized Verdict take(IdentifiedTransaction transaction) {
    sent.add(transaction.encoded().toArray());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (committed.containsKey(transaction.id())) {
      return Verdict.refused(Verdict.Code.ALREADY_COMMITTED, "");
    }
    if (height >= transaction.transaction().expiryHeight()) {
      return Verdict.refused(Verdict.Code.EXPIRED, "");
    }
    pool.put(transaction.id(), transaction);
    return Verdict.ok();
  }

  @Override
  public synchronized Optional<CommittedTransaction> find(Hash id) {
    if (failing.containsKey(id)) {
      throw failing.get(id);
    }
    return Optional.ofNullable(committed.get(id));
  }

  @Override
  public List<RecordReference> recordsByTags(Collection<Hash> tags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized LedgerView view() {
    return new MemoryView(genesis, height, epoch, custodianSet);
  }

  @Override
  public Optional<Block> block(long at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EngineStatus status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listening onBlock(long fromHeight, Consumer<CommittedBlock> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
