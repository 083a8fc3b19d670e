package org.medseal.connectors.deidentify.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.medseal.connectors.hl7ack.CharsetNames;

/**
 * Decodes a message once: by MSH-18 (HL7 table 0211), else the feed's default, else strict UTF-8.
 * Never replaces a character: what does not decode whole is not decoded.
 */
final class Hl7Charset {

  /** The text from MSH on, and the character set of its hexadecimal escapes. */
  record Decoded(String text, Charset charset) {}

  /** A country or a language, which belong into MSH-17 and MSH-19: no character set at all. */
  private static final Pattern NEIGHBOUR = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z]{2})?");

  private static final String ISO_2022 = "ISO-2022-JP";

  /**
   * What senders mean by a name whose own set is smaller: the same bytes mean the same there, and
   * characters that the smaller one lacks have a meaning at all.
   */
  private static final Map<String, Charset> WIDER =
      Map.of(
          "GB2312", Charset.forName("GB18030"),
          "GBK", Charset.forName("GB18030"),
          "Shift_JIS", Charset.forName("windows-31j"),
          "Big5", Charset.forName("x-windows-950"),
          "EUC-KR", Charset.forName("x-windows-949"));

  private Hl7Charset() {}

  static Optional<Decoded> decode(byte[] raw, Optional<Charset> feedDefault) {
    Optional<Charset> wide = wide(raw);
    if (wide.isPresent()) {
      return strict(raw, wide.get());
    }
    // Every other character set here is ASCII where MSH's own fields are ASCII.
    String bytewise = new String(raw, StandardCharsets.ISO_8859_1);
    Optional<Charset> declared = declared(bytewise);
    if (declared.isPresent()) {
      Optional<Decoded> decoded = byName(raw, declared.get());
      if (decoded.isPresent() && declared(decoded.get().text()).equals(declared)) {
        return decoded;
      }
      if (!declared.get().equals(StandardCharsets.US_ASCII) && decoded.isEmpty()) {
        return Optional.empty();
      }
    } else if (names(bytewise).stream().anyMatch(name -> !name.isBlank())) {
      // A name nobody knows: a guess could give wrong letters, unless there are only plain ones.
      return strict(raw, StandardCharsets.US_ASCII).or(() -> hidden(raw));
    }
    Set<Charset> candidates = new LinkedHashSet<>();
    feedDefault.ifPresent(candidates::add);
    candidates.add(StandardCharsets.UTF_8);
    candidates.add(Charset.forName("GB18030"));
    for (Charset candidate : candidates) {
      Optional<Decoded> decoded = strict(raw, candidate);
      if (decoded.isPresent() && agrees(decoded.get(), candidate, feedDefault)) {
        return decoded;
      }
    }
    return Optional.empty();
  }

  private static Optional<Decoded> byName(byte[] raw, Charset declared) {
    return strict(raw, declared)
        .or(() -> Optional.ofNullable(WIDER.get(declared.name())).flatMap(w -> strict(raw, w)));
  }

  /** A guess counts only if the text so read declares nothing else; GB18030 is never a guess. */
  private static boolean agrees(Decoded decoded, Charset candidate, Optional<Charset> feedDefault) {
    Optional<Charset> declared = declared(decoded.text());
    if (declared.isEmpty() || declared.get().equals(StandardCharsets.US_ASCII)) {
      return candidate.equals(StandardCharsets.UTF_8) || feedDefault.equals(Optional.of(candidate));
    }
    return declared.get().equals(candidate);
  }

  /** The byte order of UTF-16 text, marked or seen from its first letter. */
  private static Optional<Charset> wide(byte[] raw) {
    if (raw.length < 4) {
      return Optional.empty();
    }
    if ((raw[0] == (byte) 0xFE && raw[1] == (byte) 0xFF) || (raw[0] == 0 && raw[1] == 'M')) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    if ((raw[0] == (byte) 0xFF && raw[1] == (byte) 0xFE) || (raw[0] == 'M' && raw[1] == 0)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return Optional.empty();
  }

  /** What looked like MSH-18 may be the inside of a character before it. */
  private static Optional<Decoded> hidden(byte[] raw) {
    Charset gb = Charset.forName("GB18030");
    return strict(raw, gb).filter(d -> declared(d.text()).equals(Optional.of(gb)));
  }

  /**
   * Of several the first that has more than ASCII: the others are alternatives within a text. JIS X
   * 0201 (ISO IR14) beside JIS X 0208 (ISO IR87) is one that escape sequences of ISO 2022 switch
   * to.
   */
  private static Optional<Charset> declared(String text) {
    List<Charset> known =
        names(text).stream().map(CharsetNames::find).flatMap(Optional::stream).toList();
    boolean switched = known.stream().anyMatch(c -> c.name().startsWith(ISO_2022));
    return known.stream()
        .filter(c -> !c.equals(StandardCharsets.US_ASCII))
        .filter(c -> !switched || !c.name().equals("Shift_JIS"))
        .findFirst()
        .or(() -> known.stream().findFirst());
  }

  /** MSH-18 as it stands, without countries and languages; empty if there is none. */
  private static List<String> names(String text) {
    String message = skipMark(text);
    Optional<Delimiters> d = Delimiters.of(message);
    if (d.isEmpty()) {
      return List.of();
    }
    String msh = message.lines().findFirst().orElse("");
    List<String> fields = Field.split(msh, d.get().field());
    if (fields.size() < 18) {
      return List.of();
    }
    return Arrays.stream(fields.get(17).split(Pattern.quote("" + d.get().repetition()), -1))
        .filter(name -> CharsetNames.find(name).isPresent() || !isNeighbour(name))
        .toList();
  }

  private static boolean isNeighbour(String name) {
    return NEIGHBOUR.matcher(name.strip()).matches();
  }

  private static Optional<Decoded> strict(byte[] raw, Charset charset) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
      return Optional.of(new Decoded(skipMark(text), charset));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Skips a byte order mark (also one read as single bytes), framing and blank lines. */
  private static String skipMark(String text) {
    int from = 0;
    if (text.startsWith("\u00EF\u00BB\u00BF")) {
      from = 3;
    }
    while (from < text.length() && (text.charAt(from) <= ' ' || text.charAt(from) == '\uFEFF')) {
      from++;
    }
    int end = text.length();
    while (end > from && (text.charAt(end - 1) == 0x1C || text.charAt(end - 1) <= ' ')) {
      end--;
    }
    return text.substring(from, end);
  }
}
