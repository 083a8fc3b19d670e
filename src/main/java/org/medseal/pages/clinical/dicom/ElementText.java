package org.medseal.pages.clinical.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;
import org.medseal.pages.clinical.dicom.DicomTable.Shown;
import org.medseal.pages.clinical.shown.ShownText;

/** Values of elements as text: words as words, numbers as numbers, bytes as their first few. */
final class ElementText {
  private static final int MOST_CHARACTERS = 600;
  private static final int MOST_NUMBERS = 24;
  private static final int MOST_BYTES = 24;
  private static final ShownText NO_TEXT = ShownText.of("", 0);

  private ElementText() {}

  static Shown of(Element element, SpecificCharacterSet characters) {
    if (element instanceof Element.Sequence sequence) {
      return new Shown(NO_TEXT, -1, sequence.items().size());
    }
    if (element instanceof Element.Encapsulated frames) {
      return new Shown(
          NO_TEXT, frames.fragments().stream().mapToLong(BulkData::lengthBytes).sum(), -1);
    }
    Element.Plain plain = (Element.Plain) element;
    if (plain.vr().isText()) {
      List<String> values = Values.text(plain, characters);
      ShownText text = ShownText.of(String.join(" \\ ", values), MOST_CHARACTERS);
      return new Shown(text, text.cut() > 0 ? plain.value().lengthBytes() : -1, -1);
    }
    return numbers(plain);
  }

  private static Shown numbers(Element.Plain plain) {
    long length = plain.value().lengthBytes();
    boolean bytes = isBytes(plain.vr());
    int word = bytes ? 1 : plain.vr().wordBytes() * (plain.vr() == Vr.AT ? 2 : 1);
    int most = bytes ? MOST_BYTES : MOST_NUMBERS * word;
    ByteBuffer beginning = beginning(plain.value(), most);
    StringJoiner text = new StringJoiner(bytes ? " " : " \\ ");
    while (beginning.remaining() >= word) {
      text.add(bytes ? hex(beginning.get()) : number(plain.vr(), beginning));
    }
    boolean whole = !bytes && length <= most;
    String all = text + (length > most ? " …" : "");
    return new Shown(ShownText.of(all, MOST_CHARACTERS), whole ? -1 : length, -1);
  }

  private static boolean isBytes(Vr vr) {
    return switch (vr) {
      case OB, OW, OD, OF, OL, OV, UN -> true;
      default -> false;
    };
  }

  private static String hex(byte one) {
    return HexFormat.of().withUpperCase().toHexDigits(one);
  }

  private static String number(Vr vr, ByteBuffer from) {
    return switch (vr) {
      case US -> Integer.toString(from.getShort() & 0xFFFF);
      case SS -> Short.toString(from.getShort());
      case UL -> Long.toString(from.getInt() & 0xFFFFFFFFL);
      case SL -> Integer.toString(from.getInt());
      case FL -> Float.toString(from.getFloat());
      case FD -> Double.toString(from.getDouble());
      case SV -> Long.toString(from.getLong());
      case UV -> Long.toUnsignedString(from.getLong());
      case AT -> Tag.toString(Tag.of(from.getShort() & 0xFFFF, from.getShort() & 0xFFFF));
      default -> hex(from.get());
    };
  }

  private static ByteBuffer beginning(BulkData value, int most) {
    try (InputStream in = value.open()) {
      return ByteBuffer.wrap(in.readNBytes(most)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException("a value can no longer be read", e);
    }
  }
}
