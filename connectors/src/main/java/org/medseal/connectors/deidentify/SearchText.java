package org.medseal.connectors.deidentify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A text as the residual scan sees it: joined without separators, and its words. */
record SearchText(String joined, Set<String> words, List<String> numbers) {

  static SearchText of(String text) {
    String folded = ResidualScan.fold(text);
    List<String> words = words(folded);
    List<String> numbers = new ArrayList<>();
    Set<String> all = new HashSet<>(words);
    for (String word : words) {
      runs(word, all, numbers);
    }
    StringBuilder joined = new StringBuilder();
    words.forEach(joined::append);
    runs(joined.toString(), all, numbers);
    all.add(joined.toString());
    return new SearchText(joined.toString(), all, numbers);
  }

  /** Adds the runs of only digits and of only letters within a word. */
  private static void runs(String word, Set<String> all, List<String> numbers) {
    int start = 0;
    for (int i = 1; i <= word.length(); i++) {
      boolean end =
          i == word.length()
              || Character.isDigit(word.charAt(i)) != Character.isDigit(word.charAt(start));
      if (end) {
        String run = word.substring(start, i);
        all.add(run);
        if (Character.isDigit(run.charAt(0))) {
          numbers.add(run);
          numbers.add(withoutZeros(run));
        }
        start = i;
      }
    }
  }

  static String withoutZeros(String digits) {
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return digits.substring(zeros);
  }

  /** Maximal runs of letters and digits (with combining marks). */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int c;
    for (int at = 0; at < text.length(); at += Character.charCount(c)) {
      c = text.codePointAt(at);
      if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
        word.appendCodePoint(c);
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (word.length() > 0) {
      words.add(word.toString());
    }
    return words;
  }

  static String digits(String text) {
    StringBuilder out = new StringBuilder();
    ResidualScan.fold(text)
        .chars()
        .filter(c -> c >= '0' && c <= '9')
        .forEach(c -> out.append((char) c));
    return out.toString();
  }
}
