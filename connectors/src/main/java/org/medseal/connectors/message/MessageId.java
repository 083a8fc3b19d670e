package org.medseal.connectors.message;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A message's id: the time in milliseconds in 6 bytes, then 10 that tell it from others of that
 * time. Text is 32 hexadecimal digits, which sort as ids do.
 */
record MessageId(long high, long low) implements Comparable<MessageId> {
  static final int TAIL_BYTES = 10;

  private static final int DIGITS = 32;

  /** The first {@link #TAIL_BYTES} of the tail. */
  static MessageId of(long atMs, byte[] tail) {
    ByteBuffer in = ByteBuffer.wrap(tail);
    return new MessageId(atMs << Short.SIZE | Short.toUnsignedLong(in.getShort()), in.getLong());
  }

  /** IllegalArgumentException for what is none. */
  static MessageId of(String text) {
    return find(text).orElseThrow(() -> new IllegalArgumentException("no id of a message"));
  }

  /** Empty for what is none. */
  static Optional<MessageId> find(String text) {
    return text.length() == DIGITS && text.chars().allMatch(MessageId::isDigit)
        ? Optional.of(
            new MessageId(
                HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
                HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS)))
        : Optional.empty();
  }

  private static boolean isDigit(int character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
  }

  @Override
  public int compareTo(MessageId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
