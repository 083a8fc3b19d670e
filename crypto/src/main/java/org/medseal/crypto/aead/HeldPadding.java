package org.medseal.crypto.aead;

/**
 * Holds back what may turn out to be padding, a marker byte and the zeros behind it, as a count. If
 * other bytes follow it was content and is released ahead of them.
 */
final class HeldPadding {
  private boolean marker;
  private long zeros;
  private boolean releaseMarker;
  private long releaseZeros;
  private long released;

  /** Takes a segment's plaintext; returns how many of its first bytes are content. */
  int hold(byte[] plain, int length) {
    int tail = length;
    while (tail > 0 && plain[tail - 1] == 0) {
      tail--;
    }
    if (tail == 0) {
      if (marker) {
        zeros += length;
        return 0;
      }
      return length;
    }
    releaseMarker = marker;
    releaseZeros = zeros;
    marker = plain[tail - 1] == Padding.MARKER;
    zeros = marker ? length - tail : 0;
    return marker ? tail - 1 : length;
  }

  /** Writes released content, at most length bytes; 0 when there is none. */
  int release(byte[] to, int offset, int length) {
    int at = offset;
    int limit = offset + length;
    if (releaseMarker && at < limit) {
      to[at++] = Padding.MARKER;
      releaseMarker = false;
    }
    while (releaseZeros > 0 && at < limit) {
      to[at++] = 0;
      releaseZeros--;
    }
    countReleased(at - offset);
    return at - offset;
  }

  void countReleased(int count) {
    released += count;
  }

  /** At the end: what is held must be exactly the padding of what was released. */
  void requireCanonical() {
    if (!marker || Padding.paddedLength(released) != released + 1 + zeros) {
      throw SegmentCipher.notAuthentic();
    }
  }
}
