package org.medseal.pages.clinical.shown;

/**
 * A text as a page shows it: of bounded length, without control characters.
 *
 * @param cut how many characters were left out at its end; 0 for a whole text
 */
public record ShownText(String text, int cut) {
  private static final char REPLACEMENT = '\uFFFD';

  /** At most so many characters of it; what cannot be shown becomes U+FFFD. */
  public static ShownText of(String whole, int mostCharacters) {
    int end = Math.min(whole.length(), mostCharacters);
    if (end > 0 && end < whole.length() && Character.isHighSurrogate(whole.charAt(end - 1))) {
      end--;
    }
    StringBuilder shown = new StringBuilder(end);
    whole.substring(0, end).codePoints().forEach(c -> shown.appendCodePoint(shown(c)));
    return new ShownText(shown.toString(), whole.length() - end);
  }

  /** Also no marks that turn the direction of text around: they can hide what a value says. */
  private static int shown(int c) {
    boolean turning = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean nothing = c == 0xFFFF || c == 0xFFFE || (c >= 0xD800 && c <= 0xDFFF);
    return turning || control || nothing ? REPLACEMENT : c;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }
}
