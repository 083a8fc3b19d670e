package org.medseal.ledger.model;

/**
 * A validator's word that it keeps a whole blob. Stands in a block beside the record, outside the
 * transaction id, so that every validator judges availability alike.
 *
 * @param chunkRoot of the blob
 * @param validatorKey Ed25519, 32 bytes
 * @param signature Ed25519, 64 bytes, over domain, chain id, chunk root and size
 */
public record ReplicaReceipt(Hash chunkRoot, Bytes validatorKey, Bytes signature) {
  public ReplicaReceipt {
    validatorKey.requireLength(32, "validator key");
    signature.requireLength(64, "signature");
  }
}
