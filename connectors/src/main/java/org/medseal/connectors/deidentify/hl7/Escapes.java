package org.medseal.connectors.deidentify.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HexFormat;

/** HL7 v2 escape sequences (chapter 2 section 2.7). */
final class Escapes {

  /** Stands for a sequence that cannot be read here; a value holding it is never kept. */
  static final char UNREADABLE = '\uFFFF';

  private Escapes() {}

  static String decode(String raw, Delimiters delimiters, Charset charset) {
    int at = raw.indexOf(delimiters.escape());
    if (at < 0) {
      return raw;
    }
    StringBuilder out = new StringBuilder(raw.length());
    int from = 0;
    while (at >= 0) {
      int end = raw.indexOf(delimiters.escape(), at + 1);
      out.append(raw, from, at);
      if (end < 0) {
        out.append(UNREADABLE);
        from = at + 1;
        break;
      }
      out.append(one(raw.substring(at + 1, end), delimiters, charset));
      from = end + 1;
      at = raw.indexOf(delimiters.escape(), from);
    }
    return out.append(raw, from, raw.length()).toString();
  }

  private static String one(String sequence, Delimiters d, Charset charset) {
    return switch (sequence) {
      case "F" -> String.valueOf(d.field());
      case "S" -> String.valueOf(d.component());
      case "R" -> String.valueOf(d.repetition());
      case "E" -> String.valueOf(d.escape());
      case "T" -> String.valueOf(d.subcomponent());
      case "P" -> "#";
      case "H", "N" -> "";
      default -> sequence.startsWith(".") ? "\n" : hexadecimal(sequence, charset);
    };
  }

  private static String hexadecimal(String sequence, Charset charset) {
    if (!sequence.startsWith("X")) {
      return String.valueOf(UNREADABLE);
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(sequence.substring(1));
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return String.valueOf(UNREADABLE);
    }
  }

  static void encode(String value, Delimiters d, StringBuilder out) {
    if (isPlain(value, d)) {
      out.append(value);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (d.isDelimiter(c)) {
        out.append(d.escape()).append(letter(c, d)).append(d.escape());
      } else if (c < ' ') {
        out.append(d.escape())
            .append('X')
            .append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
        out.append(d.escape());
      } else {
        out.append(c);
      }
    }
  }

  private static boolean isPlain(String value, Delimiters d) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || d.isDelimiter(c)) {
        return false;
      }
    }
    return true;
  }

  private static char letter(char c, Delimiters d) {
    if (c == d.field()) {
      return 'F';
    }
    if (c == d.component()) {
      return 'S';
    }
    if (c == d.repetition()) {
      return 'R';
    }
    return c == d.escape() ? 'E' : 'T';
  }
}
