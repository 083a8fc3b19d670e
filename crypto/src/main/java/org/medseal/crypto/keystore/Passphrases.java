package org.medseal.crypto.keystore;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** PBKDF2-HMAC-SHA-256 (RFC 8018) with bounded work. */
final class Passphrases {
  /** OWASP's figure for this function, about half a second on a server core. */
  static final int ITERATIONS = 600_000;

  /** A file that asks for more would stop the node for minutes. */
  static final int MAX_ITERATIONS = 10_000_000;

  static final int SALT_LENGTH = 16;
  static final int KEY_LENGTH = 32;

  private Passphrases() {}

  static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return salt;
  }

  /**
   * 32 bytes, to be wiped by the caller. Bouncy Castle keeps the state after the key's block, the
   * JDK hashes it anew in every iteration: what opens a key file at each start takes up to twice as
   * long there.
   */
  static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
    byte[] password = PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(passphrase);
    try {
      PKCS5S2ParametersGenerator generator =
          new PKCS5S2ParametersGenerator(SHA256Digest.newInstance());
      generator.init(password, salt, iterations);
      return ((KeyParameter) generator.generateDerivedMacParameters(8 * KEY_LENGTH)).getKey();
    } finally {
      wipe(password);
    }
  }

  static void requireUsable(char[] passphrase) {
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("passphrase must not be empty");
    }
  }

  static void wipe(byte[] bytes) {
    Arrays.fill(bytes, (byte) 0);
  }
}
