package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * Receipts of replicas for blobs not yet committed, each verified; bounded, the longest untouched
 * blob goes first. From any thread.
 */
public final class ReceiptPool {
  static final int MAX_BLOBS = 4_096;

  private static final int SMALLEST_SHARE = 64;

  private final String chainId;
  private final BlobParameters parameters;
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

  ReceiptPool(Genesis genesis) {
    this.chainId = genesis.chainId();
    this.parameters = genesis.parameters().blobs();
  }

  /** What became of an offered receipt. */
  public enum Taken {
    NEW,
    KNOWN,
    /** Not of a validator, or not its signature. */
    WRONG,
    /** Of a validator that is no replica of this blob; a changed set may explain it. */
    NOT_A_REPLICA
  }

  /**
   * Verified, then kept.
   *
   * @param validators of the next height
   */
  public synchronized Taken add(ReplicaReceipt receipt, long sizeBytes, ValidatorSet validators) {
    ReceiptRules rules = new ReceiptRules(validators, parameters);
    if (!rules.isReplica(receipt.chunkRoot(), receipt.validatorKey())) {
      return Taken.NOT_A_REPLICA;
    }
    Key key = new Key(receipt.chunkRoot(), sizeBytes);
    Receipts known = blobs.get(key);
    if (known != null && known.byKey.containsKey(receipt.validatorKey())) {
      return Taken.KNOWN;
    }
    byte[] signed = ReceiptRules.signBytes(chainId, receipt.chunkRoot(), sizeBytes);
    if (!check.verify(receipt.validatorKey(), signed, receipt.signature())) {
      return Taken.WRONG;
    }
    if (known == null) {
      makeRoom(receipt.validatorKey(), validators.size());
    }
    blobs.computeIfAbsent(key, each -> new Receipts(receipt.validatorKey())).add(receipt);
    return Taken.NEW;
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

  /** Has this validator signed for it? */
  public synchronized boolean isKnown(Payload.Blob blob, Bytes validatorKey) {
    Receipts known = blobs.get(Key.of(blob));
    return known != null && known.byKey.containsKey(validatorKey);
  }

  /** Whether a block among these validators could carry the receipts this blob needs. */
  public synchronized boolean isEnough(Payload.Blob blob, ValidatorSet validators) {
    Receipts known = blobs.get(Key.of(blob));
    return known != null && known.chosen(blob, validators, parameters).isPresent();
  }

  /** For each blob named that has enough, as many as it needs, in the block's order. */
  synchronized List<ReplicaReceipt> forBlock(
      Collection<IdentifiedTransaction> transactions, ValidatorSet validators) {
    Map<Hash, List<ReplicaReceipt>> chosen = new TreeMap<>();
    for (IdentifiedTransaction each : transactions) {
      ReceiptRules.blob(each)
          .filter(blob -> !chosen.containsKey(blob.chunkRoot()))
          .ifPresent(
              blob ->
                  Optional.ofNullable(blobs.get(Key.of(blob)))
                      .flatMap(known -> known.chosen(blob, validators, parameters))
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
    private Optional<ValidatorSet> judgedFor = Optional.empty();
    private Optional<List<ReplicaReceipt>> chosen = Optional.empty();

    Receipts(Bytes first) {
      this.first = first;
    }

    void add(ReplicaReceipt receipt) {
      byKey.put(receipt.validatorKey(), receipt);
      judgedFor = Optional.empty();
    }

    Optional<List<ReplicaReceipt>> chosen(
        Payload.Blob blob, ValidatorSet validators, BlobParameters parameters) {
      if (judgedFor.isEmpty() || !judgedFor.get().equals(validators)) {
        ReceiptRules rules = new ReceiptRules(validators, parameters);
        List<ReplicaReceipt> first =
            byKey.values().stream()
                .filter(each -> rules.isReplica(blob.chunkRoot(), each.validatorKey()))
                .limit(rules.needed())
                .toList();
        chosen = rules.isEnough(blob.chunkRoot(), first) ? Optional.of(first) : Optional.empty();
        judgedFor = Optional.of(validators);
      }
      return chosen;
    }
  }
}
