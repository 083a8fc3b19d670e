package org.medseal.connectors.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.OutboxRecord;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes sealed records to the ledger and hears of their commit. It only ever sends the bytes the
 * outbox holds; it orders a new seal only when the own node has passed the old one's time without
 * it. From any thread.
 */
public final class CommitTracker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitTracker.class);
  private static final int MAX_PER_TICK = 4096;

  private final Ledger ledger;
  private final MessageStore store;
  private final long resendAfterMs;
  private final LongSupplier monotonicMs;
  private final Map<String, Long> sentAtMs = new ConcurrentHashMap<>();
  private Optional<Ledger.Listening> subscription = Optional.empty();

  public CommitTracker(
      Ledger ledger, MessageStore store, Duration resendAfter, LongSupplier monotonicMs) {
    this.ledger = ledger;
    this.store = store;
    this.resendAfterMs = resendAfter.toMillis();
    this.monotonicMs = monotonicMs;
  }

  /** What was committed while nobody listened is found by the first {@link #tick}. */
  public synchronized void start() {
    subscription = Optional.of(ledger.onBlock(ledger.view().height() + 1, this::onBlock));
  }

  @Override
  public synchronized void close() {
    subscription.ifPresent(Ledger.Listening::close);
    subscription = Optional.empty();
  }

  private void onBlock(CommittedBlock block) {
    try {
      for (int i = 0; i < block.transactions().size(); i++) {
        store.committed(block.transactions().get(i).id(), block.height(), i);
      }
    } catch (RuntimeException | Error e) { // the edge: the node's thread must not end with our disk
      LOG.error("commits of block {} not noted ({})", block.height(), e.getClass().getName());
    }
  }

  /** Looks after everything sealed and not committed; to be called every second or so. */
  public void tick() {
    try {
      List<String> pending = store.pending(MAX_PER_TICK);
      sentAtMs.keySet().removeIf(id -> !isPending(id));
      List<Throwable> failures =
          pending.stream().map(this::lookAfter).flatMap(Optional::stream).toList();
      if (!failures.isEmpty()) {
        LOG.error(
            "{} messages of the outbox could not be looked after, the first for {}",
            failures.size(),
            failures.get(0).getClass().getName());
      }
    } catch (RuntimeException | Error e) { // the thread's edge; an Error would end the schedule
      LOG.error("the outbox could not be looked after ({})", e.getClass().getName());
    }
  }

  /** What went wrong, if something did: one that cannot be sent does not hold up the rest. */
  private Optional<Throwable> lookAfter(String id) {
    try {
      if (isDue(id)) {
        deliver(id);
      }
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(e);
    }
  }

  private boolean isPending(String id) {
    return store
        .find(id)
        .filter(m -> m.state() == MessageState.SEALED || m.state() == MessageState.SUBMITTED)
        .isPresent();
  }

  private boolean isDue(String id) {
    Long sentAt = sentAtMs.get(id);
    if (sentAt == null || monotonicMs.getAsLong() - sentAt >= resendAfterMs) {
      return true;
    }
    long height = ledger.view().height();
    return store.find(id).filter(m -> m.state() == MessageState.SEALED).isPresent()
        || store.records(id).stream().anyMatch(r -> r.isLive() && height >= r.expiryHeight());
  }

  /** Sends the message's records, or what is left of them, and notes what the node says. */
  public void deliver(String messageId) {
    try {
      send(messageId);
    } catch (MessageException e) {
      if (e.reason() != MessageException.Reason.WRONG_STATE) {
        throw e;
      }
      // Another thread has moved the message on: it is that one's now.
    }
  }

  private void send(String messageId) {
    boolean taken = true;
    boolean allOver = true;
    sentAtMs.put(messageId, monotonicMs.getAsLong());
    for (OutboxRecord record : store.records(messageId)) {
      if (!record.isLive() || noteCommit(record.txId())) {
        continue;
      }
      Optional<Transaction> sealed = sealed(record);
      if (sealed.isEmpty()) {
        taken = false;
        allOver &= isExpired(record) && !noteCommit(record.txId());
        continue;
      }
      Verdict verdict = ledger.submit(sealed.get());
      switch (verdict.code()) {
        case OK -> allOver = false;
        case ALREADY_COMMITTED -> {
          allOver = false;
          noteCommit(record.txId());
        }
        case EXPIRED, STALE_EPOCH, SALT_REUSED -> {
          taken = false;
          allOver &= isOver(record, verdict);
        }
        case FULL -> {
          taken = false;
          allOver = false;
        }
        case TOO_LARGE, MALFORMED, BAD_SIGNATURE, NOT_ALLOWED -> {
          store.failed(messageId, verdict.code() + ": " + verdict.reason());
          return;
        }
      }
    }
    if (taken) {
      store.submitted(messageId);
    } else if (allOver) {
      store.sealAnew(messageId);
    }
  }

  private boolean noteCommit(Hash txId) {
    Optional<CommittedTransaction> found = ledger.find(txId);
    found.ifPresent(c -> store.committed(txId, c.height(), c.index()));
    return found.isPresent();
  }

  /**
   * The node refuses it for its time, its copy has reached that time, and it is still not there:
   * every later block would be refused with it. A salt on the ledger stays there: whoever saw the
   * record on its way has taken it. The look-up comes last, so that it covers the height read
   * before.
   */
  private boolean isOver(OutboxRecord record, Verdict verdict) {
    boolean passed =
        switch (verdict.code()) {
          case EXPIRED -> isExpired(record);
          case STALE_EPOCH ->
              ledger.view().epoch() > record.epoch()
                  || ledger.view().custodians().version() > custodianSetVersion(record);
          default -> true;
        };
    return passed && !noteCommit(record.txId());
  }

  private boolean isExpired(OutboxRecord record) {
    return ledger.view().height() >= record.expiryHeight();
  }

  /** Empty if the outbox cannot give its bytes back: then only its time can end it. */
  private Optional<Transaction> sealed(OutboxRecord record) {
    try {
      return Optional.of(Transactions.decode(store.transactionBytes(record.txId())).transaction());
    } catch (JournalException e) {
      if (e.reason() != JournalException.Reason.DAMAGED
          && e.reason() != JournalException.Reason.NO_SUCH_FRAME) {
        throw e;
      }
      LOG.error(
          "transaction {} cannot be read from the outbox ({}): sealed anew after height {}",
          record.txId(),
          e.reason(),
          record.expiryHeight());
      return Optional.empty();
    }
  }

  private int custodianSetVersion(OutboxRecord record) {
    Transaction sent = Transactions.decode(store.transactionBytes(record.txId())).transaction();
    return sent instanceof RecordTransaction sealed
        ? sealed.witness().header().custodianSetVersion()
        : Integer.MAX_VALUE;
  }
}
