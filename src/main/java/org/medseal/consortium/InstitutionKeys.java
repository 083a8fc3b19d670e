package org.medseal.consortium;

import java.security.SecureRandom;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.sm2.Sm2PrivateKey;

/** Fresh keys of one institution, before they go into its key file. */
record InstitutionKeys(
    SecretBytes storage,
    SecretBytes erase,
    SecretBytes localPseudonym,
    Ed25519PrivateKey institution,
    Sm2PrivateKey grant,
    Ed25519PrivateKey validator,
    MemberSecret member) {
  private static final int SYMMETRIC_BYTES = 32;

  static InstitutionKeys generate(SecureRandom random) {
    return new InstitutionKeys(
        SecretBytes.random(SYMMETRIC_BYTES, random),
        SecretBytes.random(SYMMETRIC_BYTES, random),
        SecretBytes.random(SYMMETRIC_BYTES, random),
        Ed25519PrivateKey.generate(random),
        Sm2PrivateKey.generate(random),
        Ed25519PrivateKey.generate(random),
        MemberSecret.generate(random));
  }
}
