package org.medseal.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Secret bytes that are wiped on {@link #close()}. Equality is identity and {@code toString} shows
 * nothing; compare with {@link #constantTimeEquals}. After close every use throws {@link
 * IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private boolean closed;

  private SecretBytes(byte[] owned) {
    this.bytes = owned;
  }

  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  public static SecretBytes random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  public int length() {
    return bytes.length;
  }

  /** A copy the caller must wipe; prefer {@link #use}. */
  public synchronized byte[] copy() {
    if (closed) {
      throw new IllegalStateException("secret used after it was wiped");
    }
    return bytes.clone();
  }

  /** Hands a copy to the function and wipes that copy afterwards. */
  public <T> T use(Function<byte[], T> function) {
    byte[] copy = copy();
    try {
      return function.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  public boolean constantTimeEquals(SecretBytes other) {
    return use(mine -> other.use(theirs -> MessageDigest.isEqual(mine, theirs)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + "]";
  }
}
