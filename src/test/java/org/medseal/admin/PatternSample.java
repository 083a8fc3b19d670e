package org.medseal.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plainest text that a simple pattern allows: literals and classes, with a count or without.
 */
final class PatternSample {
  private static final Pattern PART =
      Pattern.compile("(\\[[^\\]]+]|\\\\.|.)(\\{(\\d+)(?:,\\d*)?}|[*+?])?");

  private PatternSample() {}

  /** AssertionError for a pattern that is not simple: its schema needs an example. */
  static String of(String pattern) {
    String inside = pattern.replaceAll("^\\^|\\$$", "");
    StringBuilder sample = new StringBuilder();
    Matcher parts = PART.matcher(inside);
    while (parts.find()) {
      sample.append(first(parts.group(1)).repeat(times(parts.group(2), parts.group(3))));
    }
    if (!Pattern.compile(pattern).matcher(sample).find()) {
      throw new AssertionError("no sample for the pattern " + pattern + "; give an example");
    }
    return sample.toString();
  }

  /** Letters rather than digits, so that a hexadecimal id is none that counts from zero. */
  private static String first(String part) {
    if (part.startsWith("[")) {
      return part.contains("a-f") ? "a" : part.substring(1, 2);
    }
    return part.startsWith("\\") ? (part.equals("\\d") ? "1" : part.substring(1)) : part;
  }

  private static int times(String quantifier, String count) {
    if (count != null) {
      return Integer.parseInt(count);
    }
    return quantifier == null || quantifier.equals("+") ? 1 : 0;
  }
}
