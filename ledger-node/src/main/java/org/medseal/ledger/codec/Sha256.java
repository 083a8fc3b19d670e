package org.medseal.ledger.codec;

import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Hash;

/** SHA-256 of canonical bytes. */
final class Sha256 {
  private Sha256() {}

  static Hash of(CanonicalWriter writer) {
    return of(writer.toByteArray());
  }

  static Hash of(byte[] bytes) {
    return Hash.of(Digests.sha256(bytes));
  }
}
