package org.medseal.ledger.model;

import java.util.List;
import java.util.Optional;

/** A header with what it commits to. Only the block of height 1 carries no certificate. */
public record Block(
    BlockHeader header,
    List<IdentifiedTransaction> transactions,
    Optional<CommitCertificate> lastCommit,
    List<Evidence> evidence,
    List<ReplicaReceipt> replicaReceipts) {
  /** Of a block whose records are all inline. */
  public Block(
      BlockHeader header,
      List<IdentifiedTransaction> transactions,
      Optional<CommitCertificate> lastCommit,
      List<Evidence> evidence) {
    this(header, transactions, lastCommit, evidence, List.of());
  }

  public Block {
    transactions = List.copyOf(transactions);
    evidence = List.copyOf(evidence);
    replicaReceipts = List.copyOf(replicaReceipts);
  }
}
