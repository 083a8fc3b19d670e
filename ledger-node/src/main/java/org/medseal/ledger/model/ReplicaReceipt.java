package org.medseal.ledger.model;

/**
 * A validator's word that it keeps a whole blob. Stands in a block beside the record, outside the
 * transaction id, so that every validator judges availability alike.
 *
 * @param chunkRoot of the blob
 * @param validatorKey Ed25519, 32 bytes
 * @param expiryHeight last block it may stand in: the word of a replica that has long deleted the
 *     chunks, because no record named them, is worth nothing
 * @param signature Ed25519, 64 bytes, over domain, chain id, chunk root, size, validator key and
 *     expiry height
 */
public record ReplicaReceipt(
    Hash chunkRoot, Bytes validatorKey, long expiryHeight, Bytes signature) {
  public ReplicaReceipt {
    validatorKey.requireLength(32, "validator key");
    signature.requireLength(64, "signature");
  }
}
