package org.medseal.ledger.model;

/**
 * Hashed as a whole; its hash is the block's id. The round is not in it, so that a block proposed
 * again keeps its id.
 *
 * @param stateRoot after the parent block
 * @param lastCommitHash hash of the certificate for the parent that the block carries
 * @param prioritiesHash of the validators' proposer priorities before the turn of round 0
 */
public record BlockHeader(
    int version,
    String chainId,
    long height,
    long timeMs,
    Hash parent,
    Hash lastCommitHash,
    Hash transactionRoot,
    Hash stateRoot,
    Hash receiptsRoot,
    Hash evidenceHash,
    Hash replicaReceiptsHash,
    Hash validatorsHash,
    Hash nextValidatorsHash,
    Hash prioritiesHash,
    Hash parametersHash,
    int proposer) {
  public static final int VERSION = 1;
}
