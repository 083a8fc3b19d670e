package org.medseal.acceptance;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a phone shows: RFC 6238 with SHA-1, 30 seconds, six digits. */
final class OneTimeCode {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final Duration STEP = Duration.ofSeconds(30);

  private OneTimeCode() {}

  /**
   * @param secret Base32, in groups or not
   */
  static String of(String secret, Instant at) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key(secret.replaceAll("[\\s=-]", "")), "HmacSHA1"));
    long step = at.getEpochSecond() / STEP.toSeconds();
    byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xF;
    return "%06d".formatted((ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE) % 1_000_000);
  }

  /** Each code counts once: what the phone shows next. */
  static String next(String secret) throws GeneralSecurityException {
    return of(secret, Instant.now().plus(STEP));
  }

  private static byte[] key(String base32) {
    BigInteger bits = BigInteger.ZERO;
    for (char each : base32.toUpperCase(Locale.ROOT).toCharArray()) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(each)));
    }
    int length = base32.length() * 5 / 8;
    byte[] number = bits.shiftRight(base32.length() * 5 % 8).toByteArray();
    byte[] key = new byte[length];
    int kept = Math.min(length, number.length);
    System.arraycopy(number, number.length - kept, key, length - kept, kept);
    return key;
  }
}
