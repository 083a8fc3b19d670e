package org.medseal.connectors.deidentify.hl7;

import java.util.Optional;

/** MSH-1 and MSH-2. A character the sender left out takes its usual value. */
public record Delimiters(
    char field, char component, char repetition, char escape, char subcomponent) {

  private static final String USUAL = "^~\\&";

  /** Reads them from a text beginning with MSH; empty if they cannot be told apart. */
  static Optional<Delimiters> of(String msh) {
    if (msh.length() < 8 || !msh.startsWith("MSH")) {
      return Optional.empty();
    }
    char field = msh.charAt(3);
    int end = msh.indexOf(field, 4);
    String given = completed(msh.substring(4, Math.min(end < 0 ? 8 : end, 8)));
    char[] all = {field, 0, 0, 0, 0};
    for (int i = 0; i < USUAL.length(); i++) {
      all[i + 1] = i < given.length() ? given.charAt(i) : USUAL.charAt(i);
    }
    if (all[4] == all[3]) {
      // A careless MSH-2, the backslash doubled as in a program's text: "^~\\\\&".
      all[4] = USUAL.charAt(3);
    }
    return distinct(all) && !given.isEmpty()
        ? Optional.of(new Delimiters(all[0], all[1], all[2], all[3], all[4]))
        : Optional.empty();
  }

  /** Devices leave out the escape character ("^~&"), or a program ate the backslash ("^~ &"). */
  private static String completed(String given) {
    return given.equals("^~&") || given.equals("^~ &") ? USUAL : given;
  }

  private static boolean distinct(char[] all) {
    for (int i = 0; i < all.length; i++) {
      if (Character.isLetterOrDigit(all[i]) || Character.isWhitespace(all[i]) || all[i] < ' ') {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (all[i] == all[j]) {
          return false;
        }
      }
    }
    return true;
  }

  String msh2() {
    return "" + component + repetition + escape + subcomponent;
  }

  boolean isDelimiter(char c) {
    return c == field || c == component || c == repetition || c == escape || c == subcomponent;
  }
}
