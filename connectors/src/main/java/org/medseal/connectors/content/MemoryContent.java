package org.medseal.connectors.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** Equal by its bytes; its string form shows none. */
final class MemoryContent implements Content {
  private final byte[] bytes;

  MemoryContent(byte[] bytes) {
    this.bytes = Objects.requireNonNull(bytes);
  }

  @Override
  public long sizeBytes() {
    return bytes.length;
  }

  @Override
  public InputStream open(long offset) {
    int from = Math.toIntExact(Objects.checkFromToIndex(offset, bytes.length, (long) bytes.length));
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }

  /** Not a copy. */
  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryContent that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
