package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * Decides height after height: commits what is decided, begins the next when there is reason to.
 */
final class Heights {
  private final Parts parts;
  private final Peers peers;
  private final BlockSync sync;
  private final TransactionGossip transactions;
  private final Reoffers reoffers;
  private final LevelWatch level;
  private final Runnable onNext;
  private final List<Consumer<StoredBlock>> listeners = new ArrayList<>();
  private HeightDriver driver;
  private boolean moving;
  private boolean batching;

  /** Who has to hear of each block. */
  record Hearers(
      Peers peers,
      BlockSync sync,
      TransactionGossip transactions,
      Reoffers reoffers,
      LevelWatch level) {}

  /**
   * @param onNext called when another height can be driven
   */
  Heights(Parts parts, Hearers hearers, Runnable onNext) {
    this.parts = parts;
    this.peers = hearers.peers();
    this.sync = hearers.sync();
    this.transactions = hearers.transactions();
    this.reoffers = hearers.reoffers();
    this.level = hearers.level();
    this.onNext = onNext;
  }

  void onCommitted(Consumer<StoredBlock> listener) {
    listeners.add(listener);
  }

  HeightDriver driver() {
    return driver;
  }

  /** Executes blocks the application lacks, then takes the log of the height in once more. */
  void recover() {
    parts.chain().recover();
    parts.anchor().requireIn(parts.chain());
    long height = parts.chain().state().nextHeight();
    List<byte[]> entries = parts.environment().log().entriesSince(height);
    if (entries.isEmpty()) {
      parts.environment().log().startHeight(height);
    }
    growPeers();
    parts.gate().start();
    driver = new HeightDriver(parts);
    driver.recover(entries);
  }

  private void growPeers() {
    peers.growTo(parts.application().institutions().size(), parts.environment().monotonicMs());
  }

  /** Once in a long while a block is decided though there is nothing to decide. */
  void beat() {
    boolean votes = driver.consensus().configuration().self().isPresent();
    if (votes
        && driver.consensus().step() == Step.IDLE
        && parts.gate().isOpen()
        && parts.isHeartbeatDue()
        && parts.mayDecide()) {
      driver.start();
    }
  }

  void batchDue(TimerId timer) {
    batching = false;
    if (timer.height() != driver.consensus().height()) {
      return;
    }
    if (driver.consensus().step() == Step.IDLE) {
      if (parts.hasCandidate()) {
        driver.start();
      }
    } else {
      driver.build(timer);
    }
  }

  /** After everything that happens: what is decided by now, and what it makes possible. */
  void move() {
    if (moving) {
      return;
    }
    moving = true;
    try {
      driver.release();
      for (Optional<StoredBlock> next = decided(); next.isPresent(); next = decided()) {
        commit(next.get());
      }
    } finally {
      moving = false;
    }
    reoffers.watch();
    wake();
  }

  /** The next block, whether decided here or fetched. */
  private Optional<StoredBlock> decided() {
    return driver.decided().filter(each -> parts.mayDecide()).or(sync::next);
  }

  private void wake() {
    if (!parts.hasCandidate() || !parts.mayDecide()) {
      return;
    }
    driver.transactionsArrived();
    if (driver.consensus().step() != Step.IDLE || batching) {
      return;
    }
    long batchMs = parts.settings().pacing().batchMs();
    batching = true;
    parts
        .environment()
        .startTimer(new TimerId(TimerId.Kind.BATCH, driver.consensus().height(), 0), batchMs);
  }

  private void commit(StoredBlock block) {
    parts.anchor().require(block.height(), block.certificate().blockId());
    parts.gate().committing(block);
    parts.chain().commit(block);
    growPeers();
    parts.gate().committed(block.height());
    transactions.committed(block.block());
    reoffers.committed(block.block());
    parts.evidence().committed(block.block().evidence());
    block.block().transactions().stream()
        .flatMap(each -> ReceiptRules.blob(each).stream())
        .forEach(parts.receipts()::committed);
    parts.environment().log().startHeight(block.height() + 1);
    batching = false;
    driver = new HeightDriver(parts);
    level.look();
    listeners.forEach(each -> each.accept(block));
    onNext.run();
  }
}
