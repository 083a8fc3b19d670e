package org.medseal.ledger.replica;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Which receipts a block carries beside its records: for each blob exactly as many as the genesis
 * asks for, of different replicas, and no other; in one order. Signatures are the caller's to
 * check.
 *
 * @param validators of the block's height
 * @param height of the block
 */
public record ReceiptRules(ValidatorSet validators, Parameters parameters, long height) {
  /** The one order of receipts in a block. */
  public static final Comparator<ReplicaReceipt> ORDER =
      Comparator.comparing(ReplicaReceipt::chunkRoot).thenComparing(ReplicaReceipt::validatorKey);

  /** What a replica's validator key signs. */
  public static byte[] signBytes(
      String chainId, Hash chunkRoot, long sizeBytes, Bytes validatorKey, long expiryHeight) {
    return new CanonicalWriter()
        .domain(Domain.REPLICA_SIGNED)
        .string(chainId)
        .hash(chunkRoot)
        .u64(sizeBytes)
        .fixed(validatorKey)
        .u64(expiryHeight)
        .toByteArray();
  }

  /**
   * How long a receipt signed now counts: half a window to a whole one, the same for all of half a
   * window, so that it is seldom signed anew.
   */
  public long expiryHeight() {
    long half = Math.max(1, parameters.maxExpiryBlocks() / 2);
    return Math.min((height / half + 2) * half, height + parameters.maxExpiryBlocks());
  }

  /** Not expired, and not good for longer than a record may wait. */
  public boolean isCurrent(ReplicaReceipt receipt) {
    return receipt.expiryHeight() >= height
        && receipt.expiryHeight() - height <= parameters.maxExpiryBlocks();
  }

  /** Where the chunks of a record are, if it has any. */
  public static Optional<Payload.Blob> blob(IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof RecordTransaction record
            && record.witness().payload() instanceof Payload.Blob blob
        ? Optional.of(blob)
        : Optional.empty();
  }

  public List<Validator> replicas(Hash chunkRoot) {
    return ReplicaChoice.of(chunkRoot, validators, parameters.blobs().replicas());
  }

  public boolean isReplica(Hash chunkRoot, Bytes validatorKey) {
    return replicas(chunkRoot).stream().anyMatch(each -> each.key().equals(validatorKey));
  }

  /** Receipts a blob needs in its block; all replicas' if there are fewer. */
  public int needed() {
    BlobParameters blobs = parameters.blobs();
    return Math.min(blobs.receipts(), Math.min(blobs.replicas(), validators.size()));
  }

  /** Are these, all of one blob, what a block must carry for it? */
  public boolean isEnough(Hash chunkRoot, List<ReplicaReceipt> receipts) {
    List<Bytes> replicas = replicas(chunkRoot).stream().map(Validator::key).toList();
    Set<Bytes> seen = new HashSet<>();
    for (ReplicaReceipt each : receipts) {
      if (!each.chunkRoot().equals(chunkRoot)
          || !isCurrent(each)
          || !replicas.contains(each.validatorKey())
          || !seen.add(each.validatorKey())) {
        return false;
      }
    }
    return !replicas.isEmpty() && receipts.size() == needed();
  }

  /** Does a block with these transactions carry these receipts, no fewer, no more, in order? */
  public boolean isComplete(
      List<IdentifiedTransaction> transactions, List<ReplicaReceipt> receipts) {
    Optional<Map<Hash, Long>> blobs = sizes(transactions);
    if (blobs.isEmpty() || receipts.size() > Limits.REPLICA_RECEIPTS_PER_BLOCK) {
      return false;
    }
    Map<Hash, List<ReplicaReceipt>> byRoot = byRoot(receipts);
    return byRoot.keySet().equals(blobs.get().keySet())
        && isOrdered(receipts)
        && byRoot.entrySet().stream().allMatch(each -> isEnough(each.getKey(), each.getValue()));
  }

  /** Size of each blob named; empty if two records name the same chunks with different sizes. */
  public static Optional<Map<Hash, Long>> sizes(List<IdentifiedTransaction> transactions) {
    Map<Hash, Long> sizes = new HashMap<>();
    for (IdentifiedTransaction transaction : transactions) {
      Optional<Payload.Blob> blob = blob(transaction);
      if (blob.isPresent()) {
        Long before = sizes.put(blob.get().chunkRoot(), blob.get().sizeBytes());
        if (before != null && before != blob.get().sizeBytes()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(sizes);
  }

  public static Map<Hash, List<ReplicaReceipt>> byRoot(List<ReplicaReceipt> receipts) {
    Map<Hash, List<ReplicaReceipt>> byRoot = new LinkedHashMap<>();
    for (ReplicaReceipt each : receipts) {
      byRoot.computeIfAbsent(each.chunkRoot(), root -> new ArrayList<>()).add(each);
    }
    return byRoot;
  }

  private static boolean isOrdered(List<ReplicaReceipt> receipts) {
    for (int i = 1; i < receipts.size(); i++) {
      if (ORDER.compare(receipts.get(i - 1), receipts.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
