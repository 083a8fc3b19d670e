package org.medseal.connectors.hl7ack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The MSH segment of a message as its sender wrote it. Single-byte character sets and UTF-8 are
 * read byte for byte, so whatever is echoed comes back unchanged; in GB18030 and its like a byte of
 * a character can look like a delimiter, so these are decoded first.
 */
public final class Hl7Head {
  private static final int MAX_HEAD_BYTES = 8192;
  private static final byte FRAME_START = 0x0B;
  private static final byte FRAME_END = 0x1C;
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final Charset GB18030 = Charset.forName("GB18030");

  private final char separator;
  private final List<String> fields;
  private final Charset charset;

  private Hl7Head(char separator, List<String> fields, Charset charset) {
    this.separator = separator;
    this.fields = fields;
    this.charset = charset;
  }

  /** With the usual delimiters and nothing else, for answering what has no MSH. */
  public static Hl7Head empty() {
    return split("MSH|^~\\&", null);
  }

  /** As {@link #read(byte[], Optional)} for a feed that says nothing about character sets. */
  public static Optional<Hl7Head> read(byte[] raw) {
    return read(raw, Optional.empty());
  }

  /**
   * Empty when the message does not begin with an MSH segment. {@code feedDefault} is the character
   * set of messages whose MSH-18 names none.
   */
  public static Optional<Hl7Head> read(byte[] raw, Optional<Charset> feedDefault) {
    byte[] segment = firstSegment(raw);
    if (segment.length < 8 || !"MSH".equals(new String(segment, 0, 3, StandardCharsets.US_ASCII))) {
      return Optional.empty();
    }
    Hl7Head plain = split(new String(segment, StandardCharsets.ISO_8859_1), null);
    Optional<Charset> declared = plain.declaredMultiByte();
    if (declared.isPresent()) {
      return Optional.of(decoded(segment, declared.get()).orElse(plain));
    }
    // A delimiter look-alike before MSH-18 hides the declaration from the byte-wise reading.
    return Optional.of(segment)
        .filter(bytes -> !isAscii(bytes))
        .flatMap(bytes -> decoded(bytes, GB18030))
        .filter(head -> head.declaredMultiByte().isPresent())
        .or(() -> undeclared(segment, feedDefault))
        .or(() -> Optional.of(plain));
  }

  private static Optional<Hl7Head> undeclared(byte[] segment, Optional<Charset> feedDefault) {
    return feedDefault
        .filter(CharsetNames::hidesDelimiters)
        .flatMap(charset -> decoded(segment, charset))
        .filter(head -> head.field(18).isBlank());
  }

  private Optional<Charset> declaredMultiByte() {
    return cut(field(18), '~').stream()
        .map(CharsetNames::find)
        .flatMap(Optional::stream)
        .filter(CharsetNames::hidesDelimiters)
        .findFirst();
  }

  private static Optional<Hl7Head> decoded(byte[] segment, Charset charset) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(segment)).toString();
      return Optional.of(split(text, charset));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Hl7Head split(String segment, Charset charset) {
    char separator = segment.charAt(3);
    return new Hl7Head(
        separator,
        cut(segment, separator),
        charset == null ? StandardCharsets.ISO_8859_1 : charset);
  }

  private static List<String> cut(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static boolean isAscii(byte[] segment) {
    for (byte value : segment) {
      if (value < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] firstSegment(byte[] raw) {
    int start = startsWithBom(raw) ? BOM.length : 0;
    while (start < raw.length && raw[start] <= ' ' && raw[start] >= 0) {
      start++;
    }
    int end = start;
    while (end < raw.length && end - start < MAX_HEAD_BYTES && !isEnd(raw[end])) {
      end++;
    }
    return Arrays.copyOfRange(raw, start, end);
  }

  /** A mark of MLLP too: what is echoed beyond it would end the answer's own frame. */
  private static boolean isEnd(byte value) {
    return value == '\r' || value == '\n' || value == FRAME_START || value == FRAME_END;
  }

  private static boolean startsWithBom(byte[] raw) {
    return raw.length >= BOM.length && Arrays.equals(raw, 0, BOM.length, BOM, 0, BOM.length);
  }

  /** MSH-1 is the separator itself; empty text for what is not there. */
  public String field(int number) {
    if (number == 1) {
      return String.valueOf(separator);
    }
    return number - 1 < fields.size() ? fields.get(number - 1) : "";
  }

  /** A component from 1, as it stands. */
  public String component(int field, int number) {
    List<String> parts = cut(field(field), componentSeparator());
    return number <= parts.size() ? parts.get(number - 1) : "";
  }

  public Optional<String> controlId() {
    return Optional.of(field(10)).filter(id -> !id.isBlank());
  }

  public char separator() {
    return separator;
  }

  public char componentSeparator() {
    return field(2).isEmpty() ? '^' : field(2).charAt(0);
  }

  /** What the fields were decoded with; encoding with it gives the sender's bytes back. */
  public Charset charset() {
    return charset;
  }
}
