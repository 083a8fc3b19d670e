package org.medseal.connectors.hl7ack;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Character sets as MSH-18 spells them: HL7 table 0211, and what senders write instead. Case,
 * spaces and punctuation do not count, so "UNICODE UTF-8", "Unicode UTF8" and "utf-8" are one.
 */
public final class CharsetNames {
  private static final Map<String, String> JAVA_NAMES = javaNames();

  /** In these a byte of a character can look like a delimiter. */
  private static final Set<String> UNLIKE_ASCII =
      Set.of("GB18030", "GBK", "GB2312", "Big5", "Shift_JIS", "ISO-2022-JP", "ISO-2022-JP-2");

  private CharsetNames() {}

  /** Empty for a name nobody knows. */
  public static Optional<Charset> find(String spelled) {
    return Optional.ofNullable(JAVA_NAMES.get(plain(spelled))).flatMap(CharsetNames::named);
  }

  private static Optional<Charset> named(String javaName) {
    return switch (javaName) {
      case "ISO-8859-10" -> Optional.of(LatinCharset.NORDIC);
      case "ISO-8859-14" -> Optional.of(LatinCharset.CELTIC);
      default -> Optional.of(javaName).filter(Charset::isSupported).map(Charset::forName);
    };
  }

  /** Whether text in this character set must be decoded before its delimiters are looked for. */
  public static boolean hidesDelimiters(Charset charset) {
    return UNLIKE_ASCII.contains(charset.name());
  }

  private static String plain(String spelled) {
    StringBuilder plain = new StringBuilder(spelled.length());
    String upper = spelled.toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length(); i++) {
      char c = upper.charAt(i);
      if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static Map<String, String> javaNames() {
    Map<String, String> names = new HashMap<>();
    also(names, "US-ASCII", "ASCII", "ISO IR6");
    also(names, "UTF-8", "UNICODE", "UNICODE UTF-8", "UTF8");
    also(names, "UTF-16", "UNICODE UTF-16");
    also(names, "UTF-32", "UNICODE UTF-32");
    also(names, "GB18030", "GB 18030-2000", "GB 18030-2005", "GB 18030-2022");
    also(names, "GBK", "CP936");
    also(names, "GB2312", "EUC-CN");
    also(names, "Big5", "BIG-5");
    also(names, "x-EUC-TW", "CNS 11643-1992");
    also(names, "EUC-KR", "KS X 1001");
    also(names, "Shift_JIS", "ISO IR14", "SJIS");
    also(names, "EUC-JP");
    also(names, "ISO-2022-JP", "ISO IR87");
    also(names, "ISO-2022-JP-2", "ISO IR159");
    for (int part = 1; part <= 16; part++) {
      also(names, "ISO-8859-" + part, "8859/" + part, "ISO IR8859-" + part, "ISO 8859/" + part);
    }
    for (int page = 1250; page <= 1258; page++) {
      also(names, "windows-" + page, "CP" + page);
    }
    return Map.copyOf(names);
  }

  private static void also(Map<String, String> names, String javaName, String... spellings) {
    names.put(plain(javaName), javaName);
    List.of(spellings).forEach(spelling -> names.put(plain(spelling), javaName));
  }
}
