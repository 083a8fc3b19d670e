package org.medseal.crypto.aead;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.Digests;

/**
 * AES-128-GCM of one stream's segments. Nonce = 7-byte prefix, 4-byte segment number, one byte that
 * is 1 for the last segment only. SunJCE by name: Bouncy Castle's AES is up to fifty times slower.
 * Not thread-safe.
 */
final class SegmentCipher {
  static final int SEGMENT = 64 * 1024;
  static final int TAG = 16;
  static final int SALT = 16;
  static final int PREFIX = 7;
  static final int HEADER = 1 + SALT + PREFIX;

  /**
   * Given to the cipher at once: HotSpot puts its AES instructions in after so many calls, whatever
   * their length, so that a segment a call kept the first 350 images of 526 KB after a start at a
   * fiftieth of the rate (6 ms of CPU each, then 0.1 ms); in these steps it is the first 75.
   */
  private static final int STEP = 4096;

  private static final int KEY = 16;
  private static final long MAX_SEGMENTS = 1L << 32;

  private final Cipher cipher;
  private final SecretKey key;
  private final byte[] prefix;
  private long counter;

  /** The key is HKDF-SHA-256(inputKey, salt, info); the header holds salt and nonce prefix. */
  SegmentCipher(byte[] inputKey, byte[] header, byte[] info) {
    byte[] salt = Arrays.copyOfRange(header, 1, 1 + SALT);
    byte[] derived = Digests.hkdf(inputKey, salt, info, KEY);
    this.key = new SecretKeySpec(derived, "AES");
    Arrays.fill(derived, (byte) 0);
    this.prefix = Arrays.copyOfRange(header, 1 + SALT, HEADER);
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES-GCM in SunJCE", e);
    }
  }

  /** Plaintext bytes that fit the next segment: the first also carries the stream's header. */
  int capacity() {
    return ciphertextCapacity() - TAG;
  }

  int ciphertextCapacity() {
    return counter == 0 ? SEGMENT - HEADER : SEGMENT;
  }

  /** The next one to seal or open is this one, from 0. */
  void turnTo(long segment) {
    counter = segment;
  }

  /** Writes length + 16 bytes at outOffset and returns their number. */
  int seal(boolean last, byte[] in, int offset, int length, byte[] out, int outOffset) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(last));
      int done = 0;
      int written = outOffset;
      while (length - done > STEP) {
        written += cipher.update(in, offset + done, STEP, out, written);
        done += STEP;
      }
      return written - outOffset + cipher.doFinal(in, offset + done, length - done, out, written);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to encrypt", e);
    }
  }

  /** Writes length - 16 verified bytes at outOffset and returns their number. */
  int open(boolean last, byte[] in, int offset, int length, byte[] out, int outOffset) {
    if (length < TAG) {
      throw notAuthentic();
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce(last));
      return cipher.doFinal(in, offset, length, out, outOffset);
    } catch (AEADBadTagException e) {
      throw notAuthentic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to decrypt", e);
    }
  }

  private GCMParameterSpec nonce(boolean last) {
    if (counter >= MAX_SEGMENTS) {
      throw new IllegalStateException("a stream holds at most 2^32 segments");
    }
    byte[] nonce =
        ByteBuffer.allocate(PREFIX + Integer.BYTES + 1)
            .put(prefix)
            .putInt((int) counter++)
            .put((byte) (last ? 1 : 0))
            .array();
    return new GCMParameterSpec(8 * TAG, nonce);
  }

  static CryptoException notAuthentic() {
    return new CryptoException(
        CryptoException.Reason.NOT_AUTHENTIC,
        "ciphertext is cut, changed, or was made under another key or context");
  }
}
