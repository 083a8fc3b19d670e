package org.medseal.crypto.keystore;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

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

  /** 32 bytes, to be wiped by the caller. */
  static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 8 * KEY_LENGTH);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
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
