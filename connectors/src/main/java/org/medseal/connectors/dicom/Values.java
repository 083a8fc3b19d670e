package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decoded values of elements. */
public final class Values {
  private static final long MOST_BYTES = 64L << 20;

  private Values() {}

  /**
   * The characters of a text element, one entry a value, without padding; empty for other elements.
   */
  public static List<String> text(Element element, SpecificCharacterSet characters) {
    if (!(element instanceof Element.Plain plain) || !plain.vr().isText()) {
      return List.of();
    }
    byte[] bytes = bytes(plain.value());
    String all =
        plain.vr().followsCharacterSet()
            ? characters.decode(bytes, plain.vr())
            : new String(bytes, StandardCharsets.ISO_8859_1);
    if (!plain.vr().isMultiValued()) {
      return List.of(stripEnd(all));
    }
    List<String> values = new ArrayList<>();
    for (String value : all.split("\\\\", -1)) {
      values.add(stripEnd(value).strip());
    }
    return values;
  }

  /** The first value of a text element that is neither absent nor empty. */
  public static Optional<String> first(Dataset dataset, int tag, SpecificCharacterSet characters) {
    return dataset.find(tag).map(element -> text(element, characters)).stream()
        .flatMap(List::stream)
        .findFirst()
        .filter(value -> !value.isEmpty());
  }

  /** For attributes whose characters are ASCII by definition, such as UIDs and coded strings. */
  public static Optional<String> firstAscii(Dataset dataset, int tag) {
    return first(dataset, tag, SpecificCharacterSet.DEFAULT);
  }

  /** All of it on the heap; DicomException TOO_LARGE above 64 MiB. */
  public static byte[] bytes(BulkData value) {
    if (value instanceof MemoryBulkData memory) {
      return memory.shared().clone();
    }
    if (value.lengthBytes() > MOST_BYTES) {
      throw new DicomException(
          DicomException.Reason.TOO_LARGE, "a value of more than 64 MiB where text is expected");
    }
    try (InputStream in = value.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a value can no longer be read", e);
    }
  }

  /** The first 16-bit number of an element, -1 if it holds none. */
  public static int firstWord(Element element) {
    if (!(element instanceof Element.Plain plain) || plain.value().lengthBytes() < 2) {
      return -1;
    }
    try (InputStream in = plain.value().open()) {
      byte[] two = in.readNBytes(2);
      return (two[1] & 0xFF) << 8 | (two[0] & 0xFF);
    } catch (IOException e) {
      throw new UncheckedIOException("a value can no longer be read", e);
    }
  }

  private static String stripEnd(String value) {
    int end = value.length();
    while (end > 0 && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == 0)) {
      end--;
    }
    return value.substring(0, end);
  }
}
