package org.medseal.ledger.model;

/**
 * An action an institution answers for by name.
 *
 * @param institution name as in the genesis
 * @param nonce 16 random bytes, so that the same action can be meant twice
 * @param signature Ed25519, 64 bytes, over the canonical encoding of all fields before it
 */
public record InstitutionTransaction(
    String chainId,
    String institution,
    long expiryHeight,
    Bytes nonce,
    Action action,
    Bytes signature)
    implements Transaction {
  public static final int NONCE_LENGTH = 16;
  public static final int SIGNATURE_LENGTH = 64;

  public InstitutionTransaction {
    nonce.requireLength(NONCE_LENGTH, "nonce");
    signature.requireLength(SIGNATURE_LENGTH, "signature");
  }
}
