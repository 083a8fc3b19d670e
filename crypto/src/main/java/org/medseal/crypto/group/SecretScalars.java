package org.medseal.crypto.group;

import java.security.SecureRandom;
import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.bls.Fr;

/** Secret scalars as 32 bytes: below r and not zero. */
final class SecretScalars {
  private SecretScalars() {}

  static SecretBytes random(SecureRandom random) {
    return of(Fr.random(random));
  }

  static SecretBytes of(Fr scalar) {
    byte[] bytes = scalar.bytes();
    try {
      return SecretBytes.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  static SecretBytes copyOf(SecretBytes bytes32) {
    if (bytes32.use(Fr::fromBytes).isZero()) {
      throw new CryptoException(CryptoException.Reason.MALFORMED, "a secret scalar is not zero");
    }
    return bytes32.use(SecretBytes::copyOf);
  }
}
