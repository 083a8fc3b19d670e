package org.medseal.crypto.keystore;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.PBEParametersGenerator;

/** PBKDF2-HMAC-SHA-256 (RFC 8018) with bounded work. */
final class Passphrases {
  /**
   * OWASP's figure for this function, about a seventh of a second on a core with SHA instructions.
   */
  static final int ITERATIONS = 600_000;

  /** A file that asks for more would stop the node for minutes. */
  static final int MAX_ITERATIONS = 10_000_000;

  static final int SALT_LENGTH = 16;
  static final int KEY_LENGTH = HmacStates.LENGTH;

  private Passphrases() {}

  static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return salt;
  }

  /**
   * 32 bytes, to be wiped by the caller. PBKDF2 of our own: Java's hashes the key anew in every
   * iteration, Bouncy Castle's does without the processor's SHA instructions, and a key file is
   * opened at each start and each login of an administrator.
   */
  static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
    byte[] password = PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(passphrase);
    byte[] round = new byte[KEY_LENGTH];
    try {
      HmacStates hmac = new HmacStates(password);
      hmac.of(ByteBuffer.allocate(salt.length + 4).put(salt).putInt(1).array(), round);
      byte[] key = round.clone();
      for (int i = 1; i < iterations; i++) {
        hmac.of(round, round);
        for (int at = 0; at < KEY_LENGTH; at++) {
          key[at] ^= round[at];
        }
      }
      return key;
    } finally {
      wipe(password);
      wipe(round);
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
