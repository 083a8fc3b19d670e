package org.medseal.connectors.dicom;

/** A tag with don't-care digits: {@code (60XX,3000)}. */
public record TagMask(int value, int mask) {
  /**
   * Reads a tag with don't-care digits.
   *
   * @throws IllegalArgumentException unless it reads {@code (gggg,eeee)} of hexadecimal digits and
   *     X
   */
  public static TagMask parse(String text) {
    if (!text.matches("\\([0-9A-Fa-fXx]{4},[0-9A-Fa-fXx]{4}\\)")) {
      throw new IllegalArgumentException("not a tag of the form (gggg,eeee)");
    }
    String digits = text.substring(1, 5) + text.substring(6, 10);
    int value = 0;
    int mask = 0;
    for (int at = 0; at < digits.length(); at++) {
      char digit = digits.charAt(at);
      boolean free = digit == 'X' || digit == 'x';
      value = value << 4 | (free ? 0 : Character.digit(digit, 16));
      mask = mask << 4 | (free ? 0 : 0xF);
    }
    return new TagMask(value, mask);
  }

  public boolean matches(int tag) {
    return (tag & mask) == value;
  }

  public boolean isExact() {
    return mask == 0xFFFFFFFF;
  }
}
