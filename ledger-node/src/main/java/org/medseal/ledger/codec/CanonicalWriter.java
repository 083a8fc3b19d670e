package org.medseal.ledger.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Appends values in canonical form. Numbers are unsigned, big endian; negative ones are refused.
 * Not for use by several threads.
 */
public final class CanonicalWriter {
  private static final int USUAL_BYTES = 256;

  private byte[] buffer;
  private int size;

  public CanonicalWriter() {
    this(USUAL_BYTES);
  }

  /** With room for so many bytes; more may follow. */
  public CanonicalWriter(int expectedBytes) {
    buffer = new byte[expectedBytes];
  }

  public CanonicalWriter u8(int value) {
    if (value < 0 || value > 0xff) {
      throw new CodecException(Reason.BAD_VALUE, "not an unsigned byte: " + value);
    }
    reserve(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** At most {@link Integer#MAX_VALUE}. */
  public CanonicalWriter u32(int value) {
    requireNotNegative(value);
    reserve(Integer.BYTES);
    ByteBuffer.wrap(buffer).putInt(size, value);
    size += Integer.BYTES;
    return this;
  }

  /** At most {@link Long#MAX_VALUE}. */
  public CanonicalWriter u64(long value) {
    requireNotNegative(value);
    reserve(Long.BYTES);
    ByteBuffer.wrap(buffer).putLong(size, value);
    size += Long.BYTES;
    return this;
  }

  /** One byte, 0 or 1. */
  public CanonicalWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Without a length: the reader knows it. */
  public CanonicalWriter fixed(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  /** Without a length: the reader knows it. */
  public CanonicalWriter fixed(Bytes value) {
    reserve(value.length());
    value.copyTo(buffer, size);
    size += value.length();
    return this;
  }

  /** Length in 32 bits, then the bytes. */
  public CanonicalWriter bytes(byte[] value) {
    return u32(value.length).fixed(value);
  }

  /** Length in 32 bits, then the bytes. */
  public CanonicalWriter bytes(Bytes value) {
    return u32(value.length()).fixed(value);
  }

  /** Length in 32 bits, then what is put into exactly so much room. */
  public CanonicalWriter bytes(int length, Consumer<ByteBuffer> content) {
    u32(length).reserve(length);
    ByteBuffer room = ByteBuffer.wrap(buffer, size, length);
    content.accept(room);
    if (room.hasRemaining()) {
      throw new CodecException(Reason.BAD_VALUE, "fewer bytes than announced");
    }
    size += length;
    return this;
  }

  /** UTF-8 with its length in bytes; unpaired surrogates are refused. */
  public CanonicalWriter string(String value) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] encoded = new byte[utf8.remaining()];
      utf8.get(encoded);
      return bytes(encoded);
    } catch (CharacterCodingException e) {
      throw new CodecException(Reason.BAD_VALUE, "text has no UTF-8 form");
    }
  }

  public CanonicalWriter hash(Hash value) {
    return fixed(value.bytes());
  }

  public CanonicalWriter domain(Domain domain) {
    return fixed(domain.tag());
  }

  /** Count in 32 bits, then the elements in iteration order. */
  public <T> CanonicalWriter list(
      Collection<T> elements, BiConsumer<CanonicalWriter, ? super T> element) {
    u32(elements.size());
    for (T each : elements) {
      element.accept(this, each);
    }
    return this;
  }

  /** A flag, then the value if there is one. */
  public <T> CanonicalWriter optional(
      Optional<T> value, BiConsumer<CanonicalWriter, ? super T> element) {
    flag(value.isPresent());
    value.ifPresent(present -> element.accept(this, present));
    return this;
  }

  public int size() {
    return size;
  }

  /** What {@link #toByteArray} gives, without a copy where it was expected to be so long. */
  public byte[] intoByteArray() {
    byte[] all = size == buffer.length ? buffer : toByteArray();
    buffer = new byte[0]; // the caller's now
    size = 0;
    return all;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  public Bytes toBytes() {
    return Bytes.of(buffer, 0, size);
  }

  private static void requireNotNegative(long value) {
    if (value < 0) {
      throw new CodecException(Reason.BAD_VALUE, "negative number: " + value);
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, (int) Math.min(2L * buffer.length, 1 << 30)));
    }
  }
}
