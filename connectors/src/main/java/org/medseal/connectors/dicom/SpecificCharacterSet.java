package org.medseal.connectors.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How text of a data set is encoded, from (0008,0005) (PS3.3 section C.12.1.1.2). What cannot be
 * decoded becomes U+FFFD.
 */
public final class SpecificCharacterSet {
  /** ISO 646 alone. */
  public static final SpecificCharacterSet DEFAULT =
      new SpecificCharacterSet(Optional.empty(), Iso2022Text.Half.NONE);

  private static final String UTF_8 = "ISO_IR 192";

  private static final Map<String, Charset> WHOLE =
      Map.of(
          UTF_8,
          StandardCharsets.UTF_8,
          "GB18030",
          Charset.forName("GB18030"),
          "GBK",
          Charset.forName("GBK"),
          "ISO2022GBK",
          Charset.forName("GBK"));

  /** The numbers ISO-IR has for the parts of ISO 8859, by which some senders go. */
  private static final Map<String, String> PARTS_OF_8859 =
      Map.of(
          "1", "100", "2", "101", "3", "109", "4", "110", "5", "144", "6", "127", "7", "126", "8",
          "138", "9", "148", "15", "203");

  private final Optional<Charset> whole;
  private final Iso2022Text.Half upperHalf;

  private SpecificCharacterSet(Optional<Charset> whole, Iso2022Text.Half upperHalf) {
    this.whole = whole;
    this.upperHalf = upperHalf;
  }

  /** For a feed that names the character set of its files, because they do not. */
  public static SpecificCharacterSet of(Charset charset) {
    return new SpecificCharacterSet(Optional.of(charset), Iso2022Text.Half.NONE);
  }

  /**
   * By defined terms.
   *
   * @param terms the values of (0008,0005); the first may be empty
   * @return empty if any of them is no defined term, in whatever spelling
   */
  public static Optional<SpecificCharacterSet> of(List<String> terms) {
    if (terms.isEmpty() || terms.equals(List.of(""))) {
      return Optional.of(DEFAULT);
    }
    List<String> normal = terms.stream().map(SpecificCharacterSet::normalise).toList();
    boolean lateUtf8 = normal.get(0).isEmpty() && normal.contains(UTF_8);
    Charset charset = WHOLE.get(lateUtf8 ? UTF_8 : normal.get(0));
    if (charset != null) {
      return Optional.of(of(charset));
    }
    for (String term : normal) {
      if (Iso2022Text.halfOf(term).isEmpty()) {
        return Optional.empty();
      }
    }
    return Iso2022Text.halfOf(normal.get(0))
        .map(half -> new SpecificCharacterSet(Optional.empty(), half));
  }

  /** The data set's own, else {@code outer}; empty if it names an unknown term. */
  public static Optional<SpecificCharacterSet> in(Dataset dataset, SpecificCharacterSet outer) {
    return dataset
        .find(Tag.SPECIFIC_CHARACTER_SET)
        .map(element -> of(Values.text(element, DEFAULT)))
        .orElse(Optional.of(outer));
  }

  /**
   * {@code ISO IR 192}, {@code iso_ir_192} and {@code ISO_IR192} are seen for the same, {@code ISO
   * 8859-1} for ISO_IR 100.
   */
  private static String normalise(String term) {
    String plain = term.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    if (plain.equals("UTF8")) {
      return UTF_8;
    }
    if (plain.startsWith("ISO8859")) {
      return "ISO_IR " + PARTS_OF_8859.getOrDefault(plain.substring(7), "?");
    }
    return plain.replaceFirst("^ISO(2022)?(IR)?(?=\\d+$)", "ISO_IR ");
  }

  String decode(byte[] bytes, Vr vr) {
    return whole
        .map(charset -> new String(bytes, charset))
        .orElseGet(() -> Iso2022Text.decode(bytes, vr, upperHalf));
  }
}
