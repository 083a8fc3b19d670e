package org.medseal.ledger.mempool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * Pending transactions in order of arrival, bounded in count and bytes. Whoever adds has had them
 * checked by the application. From any thread.
 */
public final class Mempool {
  /** Records whose chunks are on their way. */
  static final int MAX_BLOBS = 1_000;

  private final MempoolLimits limits;
  private final Map<Hash, IdentifiedTransaction> pending = new LinkedHashMap<>();
  private final Map<Bytes, Hash> salts = new HashMap<>();
  private final Map<Hash, Payload.Blob> blobs = new HashMap<>();
  private long bytes;

  public Mempool(MempoolLimits limits) {
    this.limits = limits;
  }

  /** OK also when it is already pending; FULL above the bounds, SALT_REUSED beside a twin. */
  public synchronized Verdict add(IdentifiedTransaction transaction) {
    int size = transaction.encoded().length();
    if (size > limits.maxTransactionBytes()) {
      return Verdict.refused(Code.TOO_LARGE, "transaction of " + size + " bytes");
    }
    if (pending.containsKey(transaction.id())) {
      return Verdict.ok();
    }
    Optional<Bytes> salt = salt(transaction);
    if (salt.isPresent() && salts.containsKey(salt.get())) {
      return Verdict.refused(Code.SALT_REUSED, "a pending record carries the same salt");
    }
    if (pending.size() >= limits.maxCount() || bytes + size > limits.maxBytes()) {
      return Verdict.refused(Code.FULL, pending.size() + " transactions are pending");
    }
    Optional<Payload.Blob> blob = ReceiptRules.blob(transaction);
    if (blob.isPresent() && blobs.size() >= MAX_BLOBS) {
      return Verdict.refused(Code.FULL, blobs.size() + " records wait for their chunks");
    }
    pending.put(transaction.id(), transaction);
    blob.ifPresent(value -> blobs.put(transaction.id(), value));
    salt.ifPresent(value -> salts.put(value, transaction.id()));
    bytes += size;
    return Verdict.ok();
  }

  public synchronized boolean contains(Hash id) {
    return pending.containsKey(id);
  }

  public synchronized Optional<IdentifiedTransaction> find(Hash id) {
    return Optional.ofNullable(pending.get(id));
  }

  /** Oldest first; one that does not fit the rest of {@code maxBytes} is passed over. */
  public List<IdentifiedTransaction> candidates(int maxBytes) {
    return candidates(maxBytes, blob -> true);
  }

  /** As above, but of the records with chunks only those whose chunks are known to be kept. */
  public synchronized List<IdentifiedTransaction> candidates(
      int maxBytes, Predicate<Payload.Blob> isKept) {
    List<IdentifiedTransaction> chosen = new ArrayList<>();
    long left = maxBytes;
    for (IdentifiedTransaction transaction : pending.values()) {
      if (left <= 0) {
        break;
      }
      Payload.Blob blob = blobs.get(transaction.id());
      if (transaction.encoded().length() <= left && (blob == null || isKept.test(blob))) {
        chosen.add(transaction);
        left -= transaction.encoded().length();
      }
    }
    return chosen;
  }

  /** Drops what the block holds, twins of its salts, and what can no longer stand in the next. */
  public synchronized void committed(Block block) {
    for (IdentifiedTransaction each : block.transactions()) {
      remove(each.id());
      salt(each).map(salts::get).ifPresent(this::remove);
    }
    long height = block.header().height();
    dropIf(each -> each.transaction().expiryHeight() <= height);
  }

  /** Drops what matches, such as what the application has come to refuse. */
  public synchronized void dropIf(Predicate<IdentifiedTransaction> unwanted) {
    for (Iterator<IdentifiedTransaction> all = pending.values().iterator(); all.hasNext(); ) {
      IdentifiedTransaction transaction = all.next();
      if (unwanted.test(transaction)) {
        all.remove();
        forget(transaction);
      }
    }
  }

  /** Is there anything for a block? Records with chunks count once those are known to be kept. */
  public synchronized boolean hasCandidate(Predicate<Payload.Blob> isKept) {
    return pending.size() > blobs.size() || blobs.values().stream().anyMatch(isKept);
  }

  /** Transactions pending. */
  public synchronized int size() {
    return pending.size();
  }

  /** Of all pending transactions together. */
  public synchronized long sizeBytes() {
    return bytes;
  }

  private void remove(Hash id) {
    IdentifiedTransaction removed = pending.remove(id);
    if (removed != null) {
      forget(removed);
    }
  }

  private void forget(IdentifiedTransaction removed) {
    bytes -= removed.encoded().length();
    blobs.remove(removed.id());
    salt(removed).ifPresent(salts::remove);
  }

  private static Optional<Bytes> salt(IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof RecordTransaction record
        ? Optional.of(record.witness().header().salt())
        : Optional.empty();
  }
}
