package org.medseal.crypto;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 (FIPS 180-4), HMAC-SHA-256 (FIPS 198-1) and HKDF-SHA-256 (RFC 5869) of the JDK. */
public final class Digests {
  /** Bytes of a SHA-256 or HMAC-SHA-256 output. */
  public static final int LENGTH = 32;

  /** SecretKeySpec refuses empty keys; HMAC pads with zeros, so one zero byte is the same key. */
  private static final byte[] EMPTY_KEY = new byte[1];

  /** Held, because a search by name goes through all providers each time. */
  private static final Provider SUN = Security.getProvider("SUN");

  private static final Provider SUN_JCE = Security.getProvider("SunJCE");

  /** New ones cost more than hashing a message. Between two uses neither holds anything secret. */
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Digests::newSha256);

  private static final ThreadLocal<Mac> OWN_MAC = ThreadLocal.withInitial(Digests::newHmac);

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
    MessageDigest digest = OWN.get();
    digest.reset(); // a null part may have ended the one before
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** Of the parts' plain concatenation: where parts vary in length, prefix them first. */
  public static byte[] hmacSha256(byte[] key, byte[]... parts) {
    Mac mac = OWN_MAC.get();
    try {
      setKey(mac, key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } finally {
      setKey(mac, EMPTY_KEY);
    }
  }

  private static Mac newHmac() {
    try {
      return Mac.getInstance("HmacSHA256", SUN_JCE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }

  /** Forgets the key before and what was hashed under it. */
  private static void setKey(Mac mac, byte[] key) {
    try {
      mac.init(new SecretKeySpec(key.length == 0 ? EMPTY_KEY : key, "HmacSHA256"));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC refused its key", e);
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
