package org.medseal.ledger.mempool;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * Pending transactions, bounded in count and bytes. Whoever adds has had them checked by the
 * application. Each remembers the link it came by: when there is no room, a link that holds less
 * displaces the newest of the peer's link that holds most, and blocks are filled from the links in
 * turn, so that a flood through one link costs the others nothing. From any thread.
 */
public final class Mempool {
  /** Records of one link whose chunks are on their way. */
  static final int MAX_BLOBS = 250;

  /** The link of what this node's own institution submits; nothing displaces it. */
  public static final int OWN = -1;

  private final MempoolLimits limits;
  private final Map<Hash, Pending> pending = new LinkedHashMap<>(); // in order of arrival
  private final Map<Integer, Link> links = new TreeMap<>();
  private final Map<Bytes, Hash> salts = new HashMap<>();
  private final Map<Hash, Payload.Blob> blobs = new HashMap<>();
  private long arrivals;
  private long bytes;

  public Mempool(MempoolLimits limits) {
    this.limits = limits;
  }

  /** From this node's own institution. */
  public Verdict add(IdentifiedTransaction transaction) {
    return add(transaction, OWN);
  }

  /** OK also when it is already pending; FULL without room, SALT_REUSED beside a twin. */
  public synchronized Verdict add(IdentifiedTransaction transaction, int link) {
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
    while (pending.size() >= limits.maxCount() || bytes + size > limits.maxBytes()) {
      if (!displaceFor(link, size)) {
        return Verdict.refused(Code.FULL, pending.size() + " transactions are pending");
      }
    }
    Optional<Payload.Blob> blob = ReceiptRules.blob(transaction);
    Link entrance = links.computeIfAbsent(link, Link::new);
    if (blob.isPresent() && entrance.blobs() >= MAX_BLOBS) {
      return Verdict.refused(Code.FULL, entrance.blobs() + " records wait for their chunks");
    }
    Pending added = new Pending(transaction, link, arrivals++);
    pending.put(transaction.id(), added);
    entrance.add(added);
    blob.ifPresent(value -> blobs.put(transaction.id(), value));
    salt.ifPresent(value -> salts.put(value, transaction.id()));
    bytes += size;
    return Verdict.ok();
  }

  /** False if no peer's link would still hold more than this one after the swap. */
  private boolean displaceFor(int link, int size) {
    Optional<Link> fullest =
        links.values().stream()
            .filter(each -> each.number() != OWN && each.number() != link)
            .max(Comparator.comparingLong(each -> each.share(limits)));
    Link arriving = links.getOrDefault(link, new Link(link));
    if (fullest.isEmpty()
        || fullest.get().share(limits) <= arriving.shareWith(size, limits)
        || fullest.get().size() == 0) {
      return false;
    }
    remove(fullest.get().newest().transaction().id());
    return true;
  }

  public synchronized boolean contains(Hash id) {
    return pending.containsKey(id);
  }

  public synchronized Optional<IdentifiedTransaction> find(Hash id) {
    return Optional.ofNullable(pending.get(id)).map(Pending::transaction);
  }

  /** Ids of the oldest, oldest first. */
  public synchronized List<Hash> oldest(int count) {
    return pending.keySet().stream().limit(count).toList();
  }

  /**
   * What a block may be made of: from each link in turn by bytes, its oldest first; what does not
   * fit the rest is passed over. In order of arrival.
   *
   * @param maxRecords most anonymous records among them
   * @param isKept of the records with chunks, only those of which this is said
   */
  public synchronized List<IdentifiedTransaction> candidates(
      int maxBytes, int maxRecords, Predicate<Payload.Blob> isKept) {
    Predicate<Pending> isReady =
        each ->
            Optional.ofNullable(blobs.get(each.transaction().id())).map(isKept::test).orElse(true);
    return FairChoice.of(links.values(), maxBytes, maxRecords, isReady).stream()
        .sorted(Comparator.comparingLong(Pending::arrival))
        .map(Pending::transaction)
        .toList();
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
    List<Hash> dropped =
        pending.values().stream()
            .map(Pending::transaction)
            .filter(unwanted)
            .map(IdentifiedTransaction::id)
            .toList();
    dropped.forEach(this::remove);
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
    Pending removed = pending.remove(id);
    if (removed != null) {
      bytes -= removed.sizeBytes();
      links.get(removed.link()).remove(removed);
      blobs.remove(id);
      salt(removed.transaction()).ifPresent(salts::remove);
    }
  }

  private static Optional<Bytes> salt(IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof RecordTransaction record
        ? Optional.of(record.witness().header().salt())
        : Optional.empty();
  }
}
