package org.medseal.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of a sent form, {@code application/x-www-form-urlencoded} in UTF-8. */
final class Form {
  private static final int MOST_FIELDS = 1_000;

  private Form() {}

  /** Empty for what no browser sends. */
  static Optional<Map<String, List<String>>> decoded(byte[] body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    String[] pairs = new String(body, StandardCharsets.US_ASCII).split("&", MOST_FIELDS + 1);
    if (pairs.length > MOST_FIELDS) {
      return Optional.empty();
    }
    try {
      for (String pair : pairs) {
        String[] parts = pair.split("=", 2);
        if (!parts[0].isEmpty()) {
          String value = parts.length == 2 ? decoded(parts[1]) : "";
          fields.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(value);
        }
      }
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    return Optional.of(fields);
  }

  /** Line ends as typed: browsers send CR LF. */
  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
