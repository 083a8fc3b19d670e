package org.medseal.ledger.model;

/**
 * The part of a record that stays for ever: hashed, signed for the group, and its own transaction
 * id.
 *
 * @param epoch group epoch whose public key verifies the signature
 * @param expiryHeight last height at which the record may be included
 * @param witnessHash SHA-256 of the canonical witness
 * @param keyCommitment 32 bytes, reference/crypto.md section 2
 * @param groupSignature XSGS, 352 bytes, over SHA-256 of all fields before it
 */
public record RecordCore(
    int version,
    String chainId,
    int epoch,
    long expiryHeight,
    RecordFormat format,
    Hash witnessHash,
    Hash keyCommitment,
    Bytes groupSignature) {
  public static final int VERSION = 1;
  public static final int GROUP_SIGNATURE_LENGTH = 352;

  public RecordCore {
    groupSignature.requireLength(GROUP_SIGNATURE_LENGTH, "group signature");
  }
}
