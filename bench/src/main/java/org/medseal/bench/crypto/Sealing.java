package org.medseal.bench.crypto;

import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;

/**
 * All the cryptography of one record for one custodian: data key, encryption, commitment, SM2 wrap,
 * hashes of witness and core, group signature. What it leaves out is the ledger's own codec.
 */
final class Sealing {
  private static final int HEADER_LENGTH = 220;

  private Sealing() {}

  /** The record's core with its signature. */
  static byte[] seal(Institution institution, byte[] plaintext) {
    byte[] header = institution.bytes(HEADER_LENGTH);
    byte[] salt = institution.bytes(RecordCipher.SALT_LENGTH);
    try (SecretBytes dataKey = institution.dataKey()) {
      byte[] ciphertext = RecordCipher.seal(dataKey, header, plaintext, institution.random);
      byte[] commitment = RecordCipher.commitment(dataKey, salt, header);
      byte[] wrap = institution.custodian.publicKey().wrap(dataKey, institution.random);
      byte[] witnessHash = Digests.sha256(LengthPrefixed.join(header, wrap, ciphertext));
      byte[] body = LengthPrefixed.join(witnessHash, commitment);
      byte[] signature = institution.member.sign(Digests.sha256(body), institution.random);
      byte[] core = LengthPrefixed.join(body, signature);
      return LengthPrefixed.join(Digests.sha256(core), core);
    }
  }
}
