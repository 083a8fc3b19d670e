package org.medseal.connectors.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** The first bytes of an array. Equal by them; its string form shows none. */
final class MemoryContent implements Content {
  private final byte[] bytes;
  private final int length;

  MemoryContent(byte[] bytes, int length) {
    Objects.checkFromIndexSize(0, length, bytes.length);
    this.bytes = bytes;
    this.length = length;
  }

  @Override
  public long sizeBytes() {
    return length;
  }

  @Override
  public InputStream open(long offset) {
    int from = Math.toIntExact(Objects.checkFromToIndex(offset, length, (long) length));
    return new ByteArrayInputStream(bytes, from, length - from);
  }

  /** A copy only where the array is longer. */
  @Override
  public byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  @Override
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryContent that && buffer().equals(that.buffer());
  }

  @Override
  public int hashCode() {
    return buffer().hashCode();
  }

  @Override
  public String toString() {
    return length + " bytes";
  }
}
