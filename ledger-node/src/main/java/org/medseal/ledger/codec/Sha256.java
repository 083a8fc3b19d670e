package org.medseal.ledger.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.medseal.ledger.model.Hash;

/** SHA-256 of canonical bytes. */
final class Sha256 {
  private Sha256() {}

  static Hash of(CanonicalWriter writer) {
    return of(writer.toByteArray());
  }

  static Hash of(byte[] bytes) {
    try {
      return Hash.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
