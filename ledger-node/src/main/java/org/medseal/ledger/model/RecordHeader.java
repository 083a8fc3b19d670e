package org.medseal.ledger.model;

import java.util.List;

/**
 * Head of a record: the associated data of its cipher, bound into the key commitment.
 *
 * @param salt 16 random bytes, once on a ledger
 * @param tags always four, random where unused
 * @param eraseLock SHA-256 of a secret whose publication lets the record be erased
 */
public record RecordHeader(
    String chainId,
    RecordFormat format,
    Bytes salt,
    int custodianSetVersion,
    List<Hash> tags,
    Hash eraseLock) {
  public static final int SALT_LENGTH = 16;
  public static final int TAGS = 4;

  public RecordHeader {
    salt.requireLength(SALT_LENGTH, "salt");
    tags = List.copyOf(tags);
    if (tags.size() != TAGS) {
      throw new IllegalArgumentException("a record carries four tags, not " + tags.size());
    }
  }
}
