package org.medseal.crypto.aead;

import java.util.Arrays;

/**
 * Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", PETS 2019): lengths
 * are rounded up by at most 12 %, so that a length tells O(log log n) bits. The padding is one byte
 * 0x80 and zeros, and must have exactly the length the rule gives.
 */
final class Padding {
  static final byte MARKER = (byte) 0x80;

  private Padding() {}

  /** Padded length of so many bytes, the marker byte included. */
  static long paddedLength(long length) {
    long withMarker = Math.addExact(length, 1);
    if (withMarker < 2) {
      return withMarker;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(withMarker);
    int significant = 32 - Integer.numberOfLeadingZeros(exponent);
    long mask = (1L << (exponent - significant)) - 1;
    return Math.addExact(withMarker, mask) & ~mask;
  }

  static byte[] pad(byte[] plaintext) {
    byte[] padded = Arrays.copyOf(plaintext, Math.toIntExact(paddedLength(plaintext.length)));
    padded[plaintext.length] = MARKER;
    return padded;
  }

  /** Wipes its argument. NOT_AUTHENTIC when the padding is not the canonical one. */
  static byte[] strip(byte[] padded) {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    boolean canonical = end >= 0 && padded[end] == MARKER && paddedLength(end) == padded.length;
    byte[] plaintext = canonical ? Arrays.copyOf(padded, end) : new byte[0];
    Arrays.fill(padded, (byte) 0);
    if (!canonical) {
      throw SegmentCipher.notAuthentic();
    }
    return plaintext;
  }
}
