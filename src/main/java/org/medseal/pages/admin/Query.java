package org.medseal.pages.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A link's query. */
final class Query {
  private Query() {}

  /** With its question mark; without what is blank. */
  static String of(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .filter(each -> !each.getValue().isBlank())
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
