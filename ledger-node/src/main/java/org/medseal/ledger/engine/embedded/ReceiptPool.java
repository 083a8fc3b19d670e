package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * Receipts of replicas for blobs not yet committed, each verified; bounded, the longest untouched
 * blob goes first. From any thread.
 */
public final class ReceiptPool {
  static final int MAX_BLOBS = 4_096;

  private static final int SMALLEST_SHARE = 64;

  private final String chainId;
  private final SignatureCheck check = new Ed25519Check();
  private final Map<Key, Receipts> blobs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Receipts> eldest) {
          return size() > MAX_BLOBS;
        }
      };

  private record Key(Hash chunkRoot, long sizeBytes) {
    static Key of(Payload.Blob blob) {
      return new Key(blob.chunkRoot(), blob.sizeBytes());
    }
  }

  public ReceiptPool(Genesis genesis) {
    this.chainId = genesis.chainId();
  }

  /** What became of an offered receipt. */
  public enum Taken {
    NEW,
    KNOWN,
    /** Expired, or good for longer than any may be. */
    NOT_CURRENT,
    /** Not of a validator, or not its signature. */
    WRONG,
    /** Of a validator that is no replica of this blob; a changed set may explain it. */
    NOT_A_REPLICA
  }

  /**
   * Verified, then kept; a later expiry takes the place of an earlier one.
   *
   * @param rules of the next height
   */
  public synchronized Taken add(ReplicaReceipt receipt, long sizeBytes, ReceiptRules rules) {
    if (!rules.isCurrent(receipt)) {
      return Taken.NOT_CURRENT;
    }
    if (!rules.isReplica(receipt.chunkRoot(), receipt.validatorKey())) {
      return Taken.NOT_A_REPLICA;
    }
    Key key = new Key(receipt.chunkRoot(), sizeBytes);
    Receipts known = blobs.get(key);
    if (known != null && known.hasAsGood(receipt)) {
      return Taken.KNOWN;
    }
    if (!isSigned(receipt, sizeBytes)) {
      return Taken.WRONG;
    }
    if (known == null) {
      makeRoom(receipt.validatorKey(), rules.validators().size());
    }
    blobs.computeIfAbsent(key, each -> new Receipts(receipt.validatorKey())).add(receipt);
    return Taken.NEW;
  }

  private boolean isSigned(ReplicaReceipt receipt, long sizeBytes) {
    byte[] signed =
        ReceiptRules.signBytes(
            chainId,
            receipt.chunkRoot(),
            sizeBytes,
            receipt.validatorKey(),
            receipt.expiryHeight());
    return check.verify(receipt.validatorKey(), signed, receipt.signature());
  }

  /** Nobody crowds out the others with receipts for blobs that nobody else knows. */
  private void makeRoom(Bytes validatorKey, int validators) {
    int share = Math.max(SMALLEST_SHARE, MAX_BLOBS / validators);
    List<Key> own =
        blobs.entrySet().stream()
            .filter(each -> each.getValue().first.equals(validatorKey))
            .map(Map.Entry::getKey)
            .toList();
    if (own.size() >= share) {
      blobs.remove(own.get(0));
    }
  }

  /** Has this validator signed for it, in time for the next block? */
  public synchronized boolean isKnown(Payload.Blob blob, Bytes validatorKey, ReceiptRules rules) {
    Receipts known = blobs.get(Key.of(blob));
    return known != null
        && Optional.ofNullable(known.byKey.get(validatorKey)).filter(rules::isCurrent).isPresent();
  }

  /** Whether the next block could carry the receipts this blob needs. */
  public synchronized boolean isEnough(Payload.Blob blob, ReceiptRules rules) {
    Receipts known = blobs.get(Key.of(blob));
    return known != null && known.chosen(blob, rules).isPresent();
  }

  /** For each blob named that has enough, as many as it needs, in the block's order. */
  synchronized List<ReplicaReceipt> forBlock(
      Collection<IdentifiedTransaction> transactions, ReceiptRules rules) {
    Map<Hash, List<ReplicaReceipt>> chosen = new TreeMap<>();
    for (IdentifiedTransaction each : transactions) {
      ReceiptRules.blob(each)
          .filter(blob -> !chosen.containsKey(blob.chunkRoot()))
          .ifPresent(
              blob ->
                  Optional.ofNullable(blobs.get(Key.of(blob)))
                      .flatMap(known -> known.chosen(blob, rules))
                      .ifPresent(receipts -> chosen.put(blob.chunkRoot(), receipts)));
    }
    List<ReplicaReceipt> all = new ArrayList<>();
    chosen.values().forEach(all::addAll);
    return all;
  }

  /** Its record stands on the ledger. */
  public synchronized void committed(Payload.Blob blob) {
    blobs.remove(Key.of(blob));
  }

  /** Of one blob; remembers its last answer, since it is asked for with every message. */
  private static final class Receipts {
    private final Bytes first;
    private final Map<Bytes, ReplicaReceipt> byKey = new TreeMap<>();
    private Optional<ReceiptRules> judgedBy = Optional.empty();
    private Optional<List<ReplicaReceipt>> chosen = Optional.empty();

    Receipts(Bytes first) {
      this.first = first;
    }

    void add(ReplicaReceipt receipt) {
      byKey.put(receipt.validatorKey(), receipt);
      judgedBy = Optional.empty();
    }

    boolean hasAsGood(ReplicaReceipt receipt) {
      ReplicaReceipt known = byKey.get(receipt.validatorKey());
      return known != null && known.expiryHeight() >= receipt.expiryHeight();
    }

    Optional<List<ReplicaReceipt>> chosen(Payload.Blob blob, ReceiptRules rules) {
      if (!judgedBy.equals(Optional.of(rules))) {
        List<ReplicaReceipt> first =
            byKey.values().stream()
                .filter(rules::isCurrent)
                .filter(each -> rules.isReplica(blob.chunkRoot(), each.validatorKey()))
                .limit(rules.needed())
                .toList();
        chosen = rules.isEnough(blob.chunkRoot(), first) ? Optional.of(first) : Optional.empty();
        judgedBy = Optional.of(rules);
      }
      return chosen;
    }
  }
}
