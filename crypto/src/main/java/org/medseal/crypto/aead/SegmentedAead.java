package org.medseal.crypto.aead;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.medseal.crypto.CryptoException;

/**
 * Whole byte arrays in Tink's AES128_GCM_HKDF streaming wire format: length byte 24, 16-byte salt,
 * 7-byte nonce prefix, then segments of 64 KiB, the first shorter by the header. STREAM of Hoang,
 * Reyhanitabar, Rogaway and Vizar (CRYPTO 2015).
 */
final class SegmentedAead {
  private SegmentedAead() {}

  static byte[] newHeader(SecureRandom random) {
    byte[] header = new byte[SegmentCipher.HEADER];
    random.nextBytes(header);
    header[0] = SegmentCipher.HEADER;
    return header;
  }

  static byte[] seal(byte[] inputKey, byte[] info, byte[] plaintext, SecureRandom random) {
    byte[] header = newHeader(random);
    byte[] out = new byte[sealedLength(plaintext.length)];
    SegmentCipher cipher = new SegmentCipher(inputKey, header, info);
    seal(cipher, header, ByteBuffer.wrap(plaintext), ByteBuffer.wrap(out));
    return out;
  }

  /**
   * What is left in the one, which has an array, to where the other stands, which has one too and
   * room for {@link #sealedLength}.
   */
  static void seal(SegmentCipher cipher, byte[] header, ByteBuffer plaintext, ByteBuffer out) {
    out.put(header);
    boolean last;
    do {
      int take = Math.min(cipher.capacity(), plaintext.remaining());
      last = take == plaintext.remaining();
      int from = plaintext.arrayOffset() + plaintext.position();
      int to = out.arrayOffset() + out.position();
      int written = cipher.seal(last, plaintext.array(), from, take, out.array(), to);
      plaintext.position(plaintext.position() + take);
      out.position(out.position() + written);
    } while (!last);
  }

  static byte[] open(byte[] inputKey, byte[] info, byte[] ciphertext) {
    if (ciphertext.length < SegmentCipher.HEADER + SegmentCipher.TAG
        || ciphertext[0] != SegmentCipher.HEADER) {
      throw SegmentCipher.notAuthentic();
    }
    SegmentCipher cipher =
        new SegmentCipher(inputKey, Arrays.copyOf(ciphertext, SegmentCipher.HEADER), info);
    byte[] out = new byte[ciphertext.length - SegmentCipher.HEADER];
    int written = 0;
    int read = SegmentCipher.HEADER;
    try {
      boolean last;
      do {
        int take = Math.min(cipher.ciphertextCapacity(), ciphertext.length - read);
        last = read + take == ciphertext.length;
        written += cipher.open(last, ciphertext, read, take, out, written);
        read += take;
      } while (!last);
      return Arrays.copyOf(out, written);
    } catch (CryptoException e) {
      Arrays.fill(out, (byte) 0);
      throw e;
    }
  }

  static int sealedLength(int plaintextLength) {
    int first = SegmentCipher.SEGMENT - SegmentCipher.HEADER - SegmentCipher.TAG;
    int each = SegmentCipher.SEGMENT - SegmentCipher.TAG;
    int more = Math.max(0, plaintextLength - first);
    int segments = 1 + more / each + (more % each == 0 ? 0 : 1);
    return Math.addExact(
        plaintextLength, SegmentCipher.HEADER + Math.multiplyExact(segments, SegmentCipher.TAG));
  }
}
