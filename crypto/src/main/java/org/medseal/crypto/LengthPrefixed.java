package org.medseal.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Joins parts so that no two different lists give the same bytes: each part is preceded by its
 * length as eight big-endian bytes. Every hash input of varying length goes through here.
 */
public final class LengthPrefixed {
  private LengthPrefixed() {}

  public static byte[] join(byte[]... parts) {
    int total = 0;
    for (byte[] part : parts) {
      total = Math.addExact(total, Math.addExact(Long.BYTES, part.length));
    }
    ByteBuffer out = ByteBuffer.allocate(total);
    for (byte[] part : parts) {
      out.putLong(part.length).put(part);
    }
    return out.array();
  }

  /** UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Four bytes, big-endian. */
  public static byte[] u32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
