package org.medseal.connectors.deidentify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A text and what it decodes to, so that identity cannot hide behind an encoding. */
final class Decodings {

  private static final int SHORTEST_ENCODED = 8;
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          Charset.forName("GB18030"));

  private Decodings() {}

  static List<String> of(String text) {
    List<String> out = new ArrayList<>();
    out.add(text);
    if (text.indexOf('%') >= 0 || text.indexOf('=') >= 0) {
      out.add(escaped(text, '%'));
      out.add(escaped(text, '='));
    }
    if (text.indexOf('&') >= 0) {
      out.add(entities(text));
    }
    String packed = packed(text);
    if (packed.length() >= SHORTEST_ENCODED) {
      bytes(packed, p -> HexFormat.of().parseHex(p)).ifPresent(b -> add(out, b));
      bytes(packed, p -> Base64.getDecoder().decode(p)).ifPresent(b -> add(out, b));
      bytes(packed, p -> Base64.getUrlDecoder().decode(p)).ifPresent(b -> add(out, b));
    }
    return out;
  }

  /** Without white space, if what is left could be hexadecimal or Base64; else empty. */
  private static String packed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBase64(c)) {
        out.append(c);
      } else if (!isSpace(c)) {
        return "";
      }
    }
    return out.toString();
  }

  private static boolean isBase64(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "+/=-_".indexOf(c) >= 0);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static Optional<byte[]> bytes(String text, Function<String, byte[]> decoder) {
    try {
      return Optional.of(decoder.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void add(List<String> out, byte[] bytes) {
    for (Charset charset : CHARSETS) {
      try {
        out.add(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      } catch (CharacterCodingException e) {
        // Not text in this character set.
      }
    }
  }

  /** Percent and quoted-printable escapes. */
  private static String escaped(String text, char mark) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == mark && i + 2 < in.length) {
        int high = Character.digit(in[i + 1], 16);
        int low = Character.digit(in[i + 2], 16);
        if (high >= 0 && low >= 0) {
          out.put((byte) (high << 4 | low));
          i += 2;
          continue;
        }
      }
      out.put(in[i]);
    }
    return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
  }

  /** Numeric character references of XML and HTML. */
  private static String entities(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.startsWith("&#", at) ? text.indexOf(';', at) : -1;
      Optional<Integer> code = end < 0 ? Optional.empty() : codePoint(text.substring(at + 2, end));
      if (code.isPresent()) {
        out.appendCodePoint(code.get());
        at = end + 1;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }

  private static Optional<Integer> codePoint(String reference) {
    try {
      int code =
          reference.startsWith("x") || reference.startsWith("X")
              ? Integer.parseInt(reference.substring(1), 16)
              : Integer.parseInt(reference);
      return Character.isValidCodePoint(code) ? Optional.of(code) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
