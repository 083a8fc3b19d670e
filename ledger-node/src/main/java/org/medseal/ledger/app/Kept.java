package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.replica.ReceiptRules;

/** Whether the receipts beside a block's records show that all their chunks are kept. */
final class Kept {
  private final String chainId;
  private final Availability availability;
  private final ReceiptRules rules;
  private final Proofs proofs;
  private final Map<Hash, List<ReplicaReceipt>> byRoot;
  private final Map<Hash, Long> admitted = new HashMap<>();
  private int room = Limits.REPLICA_RECEIPTS_PER_BLOCK;

  Kept(ChainFacts facts, long height, Availability availability, Proofs proofs) {
    this.chainId = facts.chainId();
    this.availability = availability;
    this.rules = new ReceiptRules(availability.validators(), facts.parameters(), height);
    this.proofs = proofs;
    this.byRoot = ReceiptRules.byRoot(availability.receipts());
  }

  /** Without the signatures, which {@link #claims} are about. */
  boolean isShownFor(List<IdentifiedTransaction> transactions) {
    return rules.isComplete(transactions, availability.receipts());
  }

  /** What must hold beside {@link #isShownFor}. */
  List<SignatureClaim> claims(List<IdentifiedTransaction> transactions) {
    List<SignatureClaim> claims = new ArrayList<>();
    ReceiptRules.sizes(transactions)
        .orElseThrow()
        .forEach((root, size) -> claims.addAll(claims(root, size)));
    return claims;
  }

  private List<SignatureClaim> claims(Hash root, long sizeBytes) {
    return byRoot.getOrDefault(root, List.of()).stream()
        .map(receipt -> proofs.replicaReceipt(chainId, receipt, sizeBytes))
        .toList();
  }

  /** May it stand in a block beside what was admitted before? Inline records always. */
  boolean admits(IdentifiedTransaction transaction, Predicate<List<SignatureClaim>> holds) {
    Optional<Payload.Blob> blob = ReceiptRules.blob(transaction);
    if (blob.isEmpty()) {
      return true;
    }
    Hash root = blob.get().chunkRoot();
    long size = blob.get().sizeBytes();
    Long before = admitted.get(root);
    if (before != null) {
      return before == size;
    }
    if (rules.needed() > room
        || !rules.isEnough(root, byRoot.getOrDefault(root, List.of()))
        || !holds.test(claims(root, size))) {
      return false;
    }
    room -= rules.needed();
    admitted.put(root, size);
    return true;
  }
}
