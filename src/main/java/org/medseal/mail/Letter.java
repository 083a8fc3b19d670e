package org.medseal.mail;

import java.util.regex.Pattern;

/** A mail of plain text to one person. */
record Letter(String to, String subject, String text) {
  private static final int LONGEST_ADDRESS = 254;

  /** One plain address: no name, no list, nothing that ends a header. */
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>\"(),:;\\\\\\[\\]\\p{Cntrl}]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,188}");

  Letter {
    if (!isAddress(to) || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a letter goes to one address under one line");
    }
  }

  static boolean isAddress(String text) {
    return text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
  }

  /** Who gets it and what it says stay out of logs. */
  @Override
  public String toString() {
    return "Letter[]";
  }
}
