package org.medseal.users;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords as authenticator apps make them: RFC 6238 with HMAC-SHA-1, steps of
 * 30 s, six digits.
 */
final class Totp {
  static final int SECRET_BYTES = 20;
  static final int DIGITS = 6;
  static final int STEP_SECONDS = 30;

  /** Steps by which an app's clock may be off, either way. */
  static final int WINDOW = 1;

  private static final int MODULUS = 1_000_000;

  private Totp() {}

  static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  /** Six digits, leading zeros included. */
  static String code(byte[] secret, long step) {
    byte[] hash = hmac(secret, step);
    int offset = hash[hash.length - 1] & 0x0f;
    int bits = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    String digits = Integer.toString(bits % MODULUS);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /**
   * The step a code is of, if it is of one in the window; all of them are compared, each in
   * constant time.
   */
  static OptionalLong match(byte[] secret, String code, Instant at) {
    byte[] shown = code.getBytes(StandardCharsets.UTF_8);
    OptionalLong found = OptionalLong.empty();
    for (long step = step(at) - WINDOW; step <= step(at) + WINDOW; step++) {
      byte[] due = code(secret, step).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(due, shown)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static byte[] hmac(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-1", e);
    }
  }
}
