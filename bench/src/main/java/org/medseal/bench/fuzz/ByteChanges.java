package org.medseal.bench.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Changes that know nothing of the format: flipped, cut, repeated and spliced bytes. */
final class ByteChanges {
  private static final byte[] MARKS = {
    0x0B, 0x1C, '\r', '\n', 0, -1, '\\', '|', '"', '<', '{', '['
  };
  private static final int LONGEST_PIECE = 256;

  private ByteChanges() {}

  static byte[] change(byte[] bytes, byte[] other, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(bytes, at, (byte) random.nextInt());
      case 2 -> with(bytes, at, MARKS[random.nextInt(MARKS.length)]);
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 -> spliced(bytes, at, at + random.nextInt(bytes.length - at), new byte[0]);
      default -> spliced(bytes, at, at, piece(other, random));
    };
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  static byte[] piece(byte[] of, Random random) {
    int length = random.nextInt(Math.min(LONGEST_PIECE, of.length) + 1);
    int from = random.nextInt(of.length - length + 1);
    return Arrays.copyOfRange(of, from, from + length);
  }

  /** {@code middle} in place of what stood between the two. */
  static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] out = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
    System.arraycopy(middle, 0, out, from, middle.length);
    System.arraycopy(bytes, to, out, from + middle.length, bytes.length - to);
    return out;
  }
}
