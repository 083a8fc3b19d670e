package org.medseal.connectors.deidentify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Identity values sorted by how they are looked for. */
record TermSet(Set<String> wholeWords, Set<String> wholeNumbers, List<String> anywhere) {

  private static final int SHORTEST_LATIN = 4;
  private static final int SHORTEST_NUMBER = 6;
  private static final int SHORTEST_IDEOGRAPHIC = 2;
  private static final int SHORTEST_OTHER_SCRIPT = 3;
  private static final int LATIN_ANYWHERE = 6;
  private static final int NUMBER_ANYWHERE = 8;

  static TermSet of(Collection<String> values) {
    Set<String> words = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    Set<String> anywhere = new LinkedHashSet<>();
    for (String value : values) {
      String term = String.join("", SearchText.words(ResidualScan.fold(value)));
      int length = term.codePointCount(0, term.length());
      if (length == 0) {
        continue;
      }
      if (term.chars().allMatch(Character::isDigit)) {
        // Padded or not, it is the same number; nothing but zeros is none.
        for (String number : List.of(term, SearchText.withoutZeros(term))) {
          if (number.length() >= SHORTEST_NUMBER && number.chars().anyMatch(c -> c != '0')) {
            (number.length() >= NUMBER_ANYWHERE ? anywhere : numbers).add(number);
          }
        }
      } else if (term.codePoints().anyMatch(Character::isIdeographic)
          || term.codePoints().anyMatch(TermSet::isSyllabic)) {
        if (length >= SHORTEST_IDEOGRAPHIC) {
          anywhere.add(term);
        }
      } else if (length >= (isLatin(term) ? SHORTEST_LATIN : SHORTEST_OTHER_SCRIPT)) {
        (length >= LATIN_ANYWHERE ? anywhere : words).add(term);
      }
    }
    return new TermSet(Set.copyOf(words), Set.copyOf(numbers), new ArrayList<>(anywhere));
  }

  boolean occursIn(SearchText text) {
    for (String word : text.words()) {
      if (wholeWords.contains(word)) {
        return true;
      }
    }
    for (String number : text.numbers()) {
      if (wholeNumbers.contains(number)) {
        return true;
      }
    }
    for (String term : anywhere) {
      if (term.length() <= text.joined().length() && text.joined().contains(term)) {
        return true;
      }
    }
    return false;
  }

  boolean occursInCode(SearchText text) {
    String code = text.joined();
    if (wholeWords.contains(code) || text.numbers().stream().anyMatch(wholeNumbers::contains)) {
      return true;
    }
    for (String term : anywhere) {
      boolean number =
          Character.isDigit(term.charAt(0)) && Character.isDigit(term.charAt(term.length() - 1));
      if (number ? code.contains(term) : code.equals(term)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLatin(String term) {
    return term.codePoints()
        .filter(Character::isLetter)
        .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
  }

  /** Kana and Hangul, whose names are as short as Han ones. */
  private static boolean isSyllabic(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
      default -> false;
    };
  }
}
