package org.medseal.ledger.model;

import java.util.List;

/** Precommits for one block above two thirds of stake, by ascending validator index. */
public record CommitCertificate(
    long height, int round, Hash blockId, List<CommitSignature> signatures) {
  /** Signature over the precommit vote of that validator. */
  public record CommitSignature(int validator, Bytes signature) {}

  public CommitCertificate {
    signatures = List.copyOf(signatures);
  }
}
