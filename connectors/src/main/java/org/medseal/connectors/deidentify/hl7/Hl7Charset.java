package org.medseal.connectors.deidentify.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes a message once: by MSH-18 (HL7 table 0211), else the feed's default, else strict UTF-8.
 * Never replaces a character: what does not decode whole is not decoded.
 */
final class Hl7Charset {

  /** The text from MSH on, and the character set of its hexadecimal escapes. */
  record Decoded(String text, Charset charset) {}

  private static final Map<String, String> TABLE_0211 =
      Map.ofEntries(
          Map.entry("ASCII", "US-ASCII"),
          Map.entry("ISO IR6", "US-ASCII"),
          Map.entry("ISO IR14", "Shift_JIS"),
          Map.entry("ISO IR87", "ISO-2022-JP"),
          Map.entry("ISO IR159", "ISO-2022-JP-2"),
          Map.entry("GB 18030-2000", "GB18030"),
          Map.entry("KS X 1001", "EUC-KR"),
          Map.entry("CNS 11643-1992", "x-EUC-TW"),
          Map.entry("BIG-5", "Big5"),
          Map.entry("UNICODE", "UTF-8"),
          Map.entry("UNICODE UTF-8", "UTF-8"),
          Map.entry("UNICODE UTF-16", "UTF-16"),
          Map.entry("UNICODE UTF-32", "UTF-32"));

  /** Names senders use that table 0211 does not have. */
  private static final Set<String> ALSO_SEEN =
      Set.of(
          "UTF-8",
          "UTF8",
          "UTF-16",
          "GBK",
          "GB2312",
          "GB18030",
          "US-ASCII",
          "WINDOWS-1250",
          "WINDOWS-1251",
          "WINDOWS-1252",
          "WINDOWS-1253",
          "WINDOWS-1254",
          "CP1252",
          "BIG5",
          "SHIFT_JIS",
          "EUC-JP",
          "EUC-KR");

  private Hl7Charset() {}

  static Optional<Decoded> decode(byte[] raw, Optional<Charset> feedDefault) {
    Optional<Charset> wide = wide(raw);
    if (wide.isPresent()) {
      return strict(raw, wide.get());
    }
    // Every other character set here is ASCII where MSH's own fields are ASCII.
    Optional<Charset> declared = declared(new String(raw, StandardCharsets.ISO_8859_1));
    if (declared.isPresent()) {
      Optional<Decoded> decoded = strict(raw, declared.get());
      if (decoded.isPresent() && declared(decoded.get().text()).equals(declared)) {
        return decoded;
      }
      if (!declared.get().equals(StandardCharsets.US_ASCII) && decoded.isEmpty()) {
        return Optional.empty();
      }
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

  private static Optional<Charset> declared(String text) {
    String message = skipMark(text);
    Optional<Delimiters> d = Delimiters.of(message);
    if (d.isEmpty()) {
      return Optional.empty();
    }
    String msh = message.lines().findFirst().orElse("");
    List<String> fields = Field.split(msh, d.get().field());
    if (fields.size() < 18) {
      return Optional.empty();
    }
    String[] names =
        fields.get(17).split(java.util.regex.Pattern.quote("" + d.get().repetition()), -1);
    return Arrays.stream(names).map(Hl7Charset::named).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Charset> named(String spelled) {
    String name = spelled.strip().toUpperCase(Locale.ROOT);
    String java = TABLE_0211.getOrDefault(name, "");
    if (name.startsWith("8859/")) {
      java = "ISO-8859-" + name.substring("8859/".length());
    } else if (ALSO_SEEN.contains(name) || name.startsWith("ISO-8859-")) {
      java = name;
    }
    try {
      return java.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(java));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
