package org.medseal.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.app.AppStore;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.app.SignatureChecks;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.Transaction;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * A chain with no consensus over the real ledger application: every accepted transaction is a block
 * at once. Each institution sees it through a {@link Ledger} of its own.
 */
final class TestChain implements AutoCloseable {
  private final Genesis genesis;
  private final LedgerApplication application;
  private final AppStore store;
  private final Function<String, Ed25519PrivateKey> validatorKeys;
  private final BlobsInMemory blobs = new BlobsInMemory();
  private final SignatureChecks checks;
  private final List<CommittedBlock> committed = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Map<Hash, CommittedTransaction> transactions = new HashMap<>();
  private final Map<Object, Consumer<CommittedBlock>> listeners = new LinkedHashMap<>();
  private final ExecutorService announcing = Executors.newSingleThreadExecutor();
  private long timeMs;
  private boolean held;
  private volatile EngineStatus.Cause cause = EngineStatus.Cause.UNKNOWN;
  private final List<IdentifiedTransaction> waiting = new ArrayList<>();

  /**
   * @param validatorKeys by institution: they sign for every blob
   */
  TestChain(Genesis genesis, AppStore store, Function<String, Ed25519PrivateKey> validatorKeys) {
    this.genesis = genesis;
    this.validatorKeys = validatorKeys;
    this.store = store;
    this.checks = new SignatureChecks(2, 1_000);
    this.application = new LedgerApplication(genesis, store, checks);
    this.timeMs = genesis.timeMs();
    application.initChain(genesis);
  }

  BlobsInMemory blobs() {
    return blobs;
  }

  Ledger of(String institution) {
    return new View(institution);
  }

  /** Why no node commits anything, as all statuses say from now on. */
  void waitsBecauseOf(EngineStatus.Cause why) {
    cause = why;
  }

  /** Transactions wait without a block until released. */
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    waiting.forEach(this::append);
    waiting.clear();
  }

  /** Transactions without a block whose action is of this kind. */
  synchronized long waiting(Class<? extends Action> kind) {
    return waiting.stream()
        .filter(each -> each.transaction() instanceof InstitutionTransaction)
        .filter(each -> kind.isInstance(((InstitutionTransaction) each.transaction()).action()))
        .count();
  }

  /** Time of the next block. */
  synchronized void at(long blockTimeMs) {
    timeMs = blockTimeMs;
  }

  private synchronized Verdict submit(Transaction transaction) {
    IdentifiedTransaction identified = Transactions.identify(transaction);
    if (transactions.containsKey(identified.id())) {
      return Verdict.refused(Verdict.Code.ALREADY_COMMITTED, "");
    }
    Verdict verdict = application.check(identified);
    if (verdict.isOk() && held) {
      waiting.add(identified);
    } else if (verdict.isOk()) {
      append(identified);
    }
    return verdict;
  }

  private void append(IdentifiedTransaction transaction) {
    long height = application.info().height() + 1;
    timeMs = Math.max(timeMs + 1, System.currentTimeMillis());
    Availability shown = availability(transaction, height);
    List<IdentifiedTransaction> chosen =
        application.prepare(
            new Application.PrepareRequest(height, timeMs, List.of(transaction), 1 << 24, shown));
    if (!application.process(new Application.ProcessRequest(height, timeMs, chosen, shown))
        || chosen.isEmpty()) {
      throw new IllegalStateException("the application refuses what it prepared");
    }
    Block block = block(height, chosen, shown.receipts());
    Hash id = Blocks.id(block.header());
    application.finalizeBlock(new Application.FinalizeRequest(id, block, shown.validators()));
    application.commit();
    blocks.add(block);
    for (int i = 0; i < chosen.size(); i++) {
      IdentifiedTransaction each = chosen.get(i);
      transactions.put(
          each.id(), new CommittedTransaction(each.id(), height, i, timeMs, each.transaction()));
    }
    CommittedBlock announced = new CommittedBlock(height, timeMs, id, chosen);
    committed.add(announced);
    List.copyOf(listeners.values())
        .forEach(listener -> announcing.execute(() -> listener.accept(announced)));
  }

  private Availability availability(IdentifiedTransaction transaction, long height) {
    ValidatorSet validators = application.view().validators();
    ReceiptRules rules = new ReceiptRules(validators, genesis.parameters(), height);
    List<ReplicaReceipt> receipts =
        ReceiptRules.blob(transaction).stream()
            .flatMap(
                blob ->
                    rules.replicas(blob.chunkRoot()).stream()
                        .limit(rules.needed())
                        .map(each -> receipt(blob, each, rules.expiryHeight())))
            .sorted(ReceiptRules.ORDER)
            .toList();
    return new Availability(validators, receipts);
  }

  private ReplicaReceipt receipt(Payload.Blob blob, Validator replica, long expiryHeight) {
    byte[] signed =
        ReceiptRules.signBytes(
            genesis.chainId(), blob.chunkRoot(), blob.sizeBytes(), replica.key(), expiryHeight);
    byte[] signature = validatorKeys.apply(replica.institution()).sign(signed);
    return new ReplicaReceipt(blob.chunkRoot(), replica.key(), expiryHeight, Bytes.of(signature));
  }

  private Block block(
      long height, List<IdentifiedTransaction> chosen, List<ReplicaReceipt> receipts) {
    Hash none = Hash.ZERO;
    Hash validators = Blocks.validatorsHash(application.view().validators());
    return new Block(
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.chainId(),
            height,
            timeMs,
            blocks.isEmpty() ? none : Blocks.id(blocks.get(blocks.size() - 1).header()),
            none,
            Blocks.transactionRoot(chosen),
            application.info().stateRoot(),
            none,
            Blocks.evidenceHash(List.of()),
            Blocks.replicaReceiptsHash(receipts),
            validators,
            validators,
            none,
            Blocks.parametersHash(genesis.parameters()),
            0),
        chosen,
        Optional.empty(),
        List.of(),
        receipts);
  }

  private synchronized Ledger.Listening listen(long fromHeight, Consumer<CommittedBlock> listener) {
    Object key = new Object();
    for (CommittedBlock block : committed) {
      if (block.height() >= fromHeight) {
        announcing.execute(() -> listener.accept(block));
      }
    }
    listeners.put(key, listener);
    return () -> forget(key);
  }

  private synchronized void forget(Object key) {
    listeners.remove(key);
  }

  @Override
  public void close() {
    announcing.shutdown();
    checks.close();
  }

  private final class View implements Ledger {
    private final String institution;

    View(String institution) {
      this.institution = institution;
    }

    @Override
    public Genesis genesis() {
      return genesis;
    }

    @Override
    public String institution() {
      return institution;
    }

    @Override
    public Verdict submit(Transaction transaction) {
      return TestChain.this.submit(transaction);
    }

    @Override
    public Blobs blobs() {
      return blobs;
    }

    @Override
    public Optional<CommittedTransaction> find(Hash transactionId) {
      synchronized (TestChain.this) {
        return Optional.ofNullable(transactions.get(transactionId));
      }
    }

    @Override
    public List<RecordReference> recordsByTags(Collection<Hash> tags) {
      return store.recordsByTags(tags);
    }

    @Override
    public LedgerView view() {
      return application.view();
    }

    @Override
    public Optional<Block> block(long height) {
      synchronized (TestChain.this) {
        return height < 1 || height > blocks.size()
            ? Optional.empty()
            : Optional.of(blocks.get((int) height - 1));
      }
    }

    @Override
    public EngineStatus status() {
      long height = application.info().height();
      List<EngineStatus.Peer> peers =
          genesis.institutions().stream()
              .filter(each -> !each.name().equals(institution))
              .map(each -> new EngineStatus.Peer(each.name(), true, height, 1))
              .toList();
      EngineStatus.Waiting why =
          new EngineStatus.Waiting(
              cause, "the ledger node is not running", EngineStatus.Quorum.NONE, List.of());
      return new EngineStatus(height, Hash.ZERO, 0, "IDLE", why, 0, peers);
    }

    @Override
    public Listening onBlock(long fromHeight, Consumer<CommittedBlock> listener) {
      return listen(fromHeight, listener);
    }
  }
}
