package org.medseal.bench.blob;

import java.io.InputStream;
import java.util.Objects;
import java.util.Random;

/** So many pseudo-random bytes of a seed, made as they are read. */
final class SyntheticDocument extends InputStream {
  private final Random random;
  private long left;

  SyntheticDocument(long seed, long sizeBytes) {
    this.random = new Random(seed);
    this.left = sizeBytes;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (left == 0) {
      return -1;
    }
    byte[] made = new byte[(int) Math.min(Math.min(length, left), 8192)];
    random.nextBytes(made);
    System.arraycopy(made, 0, to, offset, made.length);
    left -= made.length;
    return made.length;
  }
}
