package org.medseal.connectors.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Every element of a file, items and fragments included, by its place, such as {@code
 * (0008,1140)[0].(0008,1155)}.
 */
final class Listing {
  /** Length of what has no length of its own here: sequences and items. */
  static final long NONE = -1;

  private static final String FRAGMENT = "pi";

  /** One element; {@code value} as {@link #shown} has it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(String vr, long lengthBytes, String value, byte[] bytes) {
    static Row of(String vr, byte[] bytes) {
      return new Row(vr, bytes.length, shown(vr, bytes), bytes);
    }

    /** The same bytes as another VR prints them. */
    String as(String otherVr) {
      return lengthBytes == NONE || otherVr.equals("SQ") ? value : shown(otherVr, bytes);
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();

  private Listing() {}

  static Map<String, Row> of(DicomFile file) {
    Listing listing = new Listing();
    listing.add("", file.meta());
    listing.add("", file.dataset());
    return listing.rows;
  }

  private void add(String before, Dataset dataset) {
    for (Element element : dataset.elements()) {
      String place = before + Tag.toString(element.tag());
      if (element instanceof Element.Plain plain) {
        rows.put(place, Row.of(plain.vr().name(), Values.bytes(plain.value())));
      } else if (element instanceof Element.Sequence sequence) {
        rows.put(place, container("SQ", sequence.items().size()));
        for (int i = 0; i < sequence.items().size(); i++) {
          add(place + "[" + i + "].", sequence.items().get(i));
        }
      } else if (element instanceof Element.Encapsulated encapsulated) {
        List<BulkData> fragments = encapsulated.fragments();
        rows.put(place, container(encapsulated.vr().name(), fragments.size()));
        for (int i = 0; i < fragments.size(); i++) {
          rows.put(place + "[" + i + "]", Row.of(FRAGMENT, Values.bytes(fragments.get(i))));
        }
      }
    }
  }

  static Row container(String vr, int inside) {
    return new Row(vr, NONE, inside + " inside", new byte[0]);
  }

  /** As dcmdump prints it: bytes as characters, numbers and hexadecimal words after backslashes. */
  static String shown(String vr, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (vr) {
      case "OB", "UN", FRAGMENT -> joined(in, 1, "%02x");
      case "OW" -> joined(in, 2, "%04x");
      case "US", "SS", "UL", "SL", "FL", "FD", "AT" -> numbers(vr, in);
      default -> text(new String(bytes, StandardCharsets.ISO_8859_1));
    };
  }

  /** Without padding. */
  static String text(String value) {
    int end = value.length();
    while (end > 0 && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == 0)) {
      end--;
    }
    return value.substring(0, end);
  }

  private static String joined(ByteBuffer in, int wordBytes, String format) {
    StringJoiner words = new StringJoiner("\\");
    while (in.remaining() >= wordBytes) {
      int word = wordBytes == 1 ? in.get() & 0xFF : in.getShort() & 0xFFFF;
      words.add(String.format(Locale.ROOT, format, word));
    }
    return words.toString();
  }

  private static String numbers(String vr, ByteBuffer in) {
    int wordBytes = Vr.valueOf(vr).equals(Vr.AT) ? 4 : Vr.valueOf(vr).wordBytes();
    List<String> numbers = new ArrayList<>();
    while (in.remaining() >= wordBytes) {
      numbers.add(
          switch (vr) {
            case "US" -> String.valueOf(in.getShort() & 0xFFFF);
            case "SS" -> String.valueOf(in.getShort());
            case "UL" -> Integer.toUnsignedString(in.getInt());
            case "SL" -> String.valueOf(in.getInt());
            case "FL" -> String.valueOf(in.getFloat());
            case "FD" -> String.valueOf(in.getDouble());
            default ->
                Tag.toString(Tag.of(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF))
                    .toLowerCase(Locale.ROOT);
          });
    }
    return String.join("\\", numbers);
  }
}
