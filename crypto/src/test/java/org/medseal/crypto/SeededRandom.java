package org.medseal.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** SHA-256(seed, counter) as a random source: the same bytes each run, for known answers. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;
  private final long seed;
  private long counter;

  public SeededRandom(long seed) {
    this.seed = seed;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += Digests.LENGTH) {
      byte[] block =
          Digests.sha256(ByteBuffer.allocate(16).putLong(seed).putLong(counter++).array());
      System.arraycopy(block, 0, bytes, at, Math.min(block.length, bytes.length - at));
    }
  }
}
