package org.medseal.pages.clinical;

/** Ids of transactions as people can tell them apart. */
final class Ids {
  private static final int SHORT = 12;

  private Ids() {}

  static boolean isId(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  /** The first digits; enough to tell a few records apart. */
  static String brief(String id) {
    return id.length() > SHORT ? id.substring(0, SHORT) : id;
  }
}
