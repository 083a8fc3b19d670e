package org.medseal.ledger.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Reads what {@link CanonicalWriter} wrote and nothing else. Lengths and counts are checked against
 * the caller's bound and the bytes that are left before anything is allocated; every failure is a
 * {@link CodecException}. Not for use by several threads.
 */
public final class CanonicalReader {
  private final ByteBuffer in;

  /** Reads {@code bytes} without copying; the caller leaves the array alone meanwhile. */
  public CanonicalReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  public int u8() {
    require(1);
    return in.get() & 0xff;
  }

  public int u32() {
    require(Integer.BYTES);
    int value = in.getInt();
    if (value < 0) {
      throw new CodecException(Reason.BAD_VALUE, "number above 2^31");
    }
    return value;
  }

  public long u64() {
    require(Long.BYTES);
    long value = in.getLong();
    if (value < 0) {
      throw new CodecException(Reason.BAD_VALUE, "number above 2^63");
    }
    return value;
  }

  public boolean flag() {
    int value = u8();
    if (value > 1) {
      throw new CodecException(Reason.BAD_VALUE, "flag is " + value);
    }
    return value == 1;
  }

  public Bytes fixed(int length) {
    require(length);
    int from = in.position();
    in.position(from + length);
    return Bytes.of(in.array(), from, from + length);
  }

  public Bytes bytes(int maxLength) {
    int length = u32();
    if (length > maxLength) {
      throw new CodecException(Reason.TOO_LONG, length + " bytes where " + maxLength + " may be");
    }
    return fixed(length);
  }

  /**
   * Text in strict UTF-8.
   *
   * @param maxLength bytes of UTF-8
   */
  public String string(int maxLength) {
    byte[] utf8 = bytes(maxLength).toArray();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new CodecException(Reason.BAD_VALUE, "not UTF-8");
    }
  }

  public Hash hash() {
    return new Hash(fixed(Hash.LENGTH));
  }

  /** Fails unless the tag of {@code domain} comes next. */
  public CanonicalReader domain(Domain domain) {
    byte[] found = fixed(Domain.LENGTH).toArray();
    if (!Arrays.equals(found, domain.tag())) {
      throw new CodecException(Reason.WRONG_DOMAIN, "not a " + domain);
    }
    return this;
  }

  public <T> List<T> list(int maxCount, Function<CanonicalReader, ? extends T> element) {
    int count = u32();
    if (count > maxCount) {
      throw new CodecException(Reason.TOO_LONG, count + " elements where " + maxCount + " may be");
    }
    // No element is shorter than a byte.
    require(count);
    List<T> elements = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      elements.add(element.apply(this));
    }
    return elements;
  }

  public <T> Optional<T> optional(Function<CanonicalReader, ? extends T> element) {
    return flag() ? Optional.of(element.apply(this)) : Optional.empty();
  }

  /** Bytes not yet read. */
  public int remaining() {
    return in.remaining();
  }

  /** Fails unless all is read. */
  public void end() {
    if (in.hasRemaining()) {
      throw new CodecException(
          Reason.TRAILING_BYTES, in.remaining() + " bytes after the end of the object");
    }
  }

  private void require(int length) {
    if (in.remaining() < length) {
      throw new CodecException(
          Reason.TRUNCATED, length + " bytes expected, " + in.remaining() + " left");
    }
  }
}
