package org.medseal.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;

/** SHA-256 (FIPS 180-4), HMAC-SHA-256 (FIPS 198-1) and HKDF-SHA-256 (RFC 5869) of the JDK. */
public final class Digests {
  /** Bytes of a SHA-256 or HMAC-SHA-256 output. */
  public static final int LENGTH = 32;

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  /** Held, because a search by name goes through all providers each time. */
  private static final Provider SUN = Security.getProvider("SUN");

  /** A new one costs more than hashing a message; it forgets what it hashed when it is done. */
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Digests::newSha256);

  private Digests() {}

  /** For what comes piece by piece. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256", SUN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  /** Of the parts' plain concatenation: where parts vary in length, prefix them first. */
  public static byte[] sha256(byte[]... parts) {
    return digest(new byte[0], parts);
  }

  private static byte[] digest(byte[] first, byte[]... parts) {
    MessageDigest digest = OWN.get();
    digest.reset(); // a null part may have ended the one before
    digest.update(first);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** Of the parts' plain concatenation: where parts vary in length, prefix them first. */
  public static byte[] hmacSha256(byte[] key, byte[]... parts) {
    byte[] pad = new byte[BLOCK];
    byte[] fitting = key.length > BLOCK ? sha256(key) : key;
    System.arraycopy(fitting, 0, pad, 0, fitting.length);
    try {
      xor(pad, INNER);
      byte[] inner = digest(pad, parts);
      xor(pad, (byte) (INNER ^ OUTER));
      return digest(pad, inner);
    } finally {
      Arrays.fill(pad, (byte) 0);
    }
  }

  private static void xor(byte[] pad, byte value) {
    for (int i = 0; i < pad.length; i++) {
      pad[i] ^= value;
    }
  }

  /** RFC 5869 extract and expand; an empty salt stands for 32 zero bytes. */
  public static byte[] hkdf(byte[] ikm, byte[] salt, byte[] info, int length) {
    byte[] prk = hmacSha256(salt, ikm);
    try {
      return hkdfExpand(prk, info, length);
    } finally {
      Arrays.fill(prk, (byte) 0);
    }
  }

  /** RFC 5869 section 2.3; length 1 to 8160 bytes. */
  public static byte[] hkdfExpand(byte[] prk, byte[] info, int length) {
    if (length < 1 || length > 255 * LENGTH) {
      throw new IllegalArgumentException("HKDF length must be 1 to 8160, not " + length);
    }
    byte[] out = new byte[length];
    byte[] block = new byte[0];
    int done = 0;
    for (int counter = 1; done < length; counter++) {
      block = hmacSha256(prk, block, info, new byte[] {(byte) counter});
      int take = Math.min(block.length, length - done);
      System.arraycopy(block, 0, out, done, take);
      done += take;
    }
    Arrays.fill(block, (byte) 0);
    return out;
  }
}
