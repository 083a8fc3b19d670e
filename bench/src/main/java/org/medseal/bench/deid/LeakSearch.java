package org.medseal.bench.deid;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Looks for identifiers in a record: without case, and without the separators within a value. Short
 * numbers and words must stand alone, since a keyed number may hold any of them.
 */
final class LeakSearch {
  private static final int ANYWHERE_FROM = 8;

  private final String plain;
  private final String joined;

  LeakSearch(String record) {
    this.plain = fold(record);
    this.joined = bare(plain, "|\r\n\"");
  }

  boolean finds(String identifier) {
    String folded = fold(identifier);
    String bare = bare(folded, "");
    if (bare.isEmpty()) {
      return false;
    }
    boolean han = bare.codePoints().allMatch(Character::isIdeographic);
    if (han || bare.length() >= ANYWHERE_FROM) {
      return plain.contains(folded) || joined.contains(bare);
    }
    return standsAlone(folded);
  }

  private boolean standsAlone(String word) {
    for (int at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean before = at == 0 || !Character.isLetterOrDigit(plain.charAt(at - 1));
      boolean after = end == plain.length() || !Character.isLetterOrDigit(plain.charAt(end));
      if (before && after) {
        return true;
      }
    }
    return false;
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static String bare(String text, String kept) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
