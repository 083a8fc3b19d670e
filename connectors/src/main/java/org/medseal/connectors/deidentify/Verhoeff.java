package org.medseal.connectors.deidentify;

/** The check digit of J. Verhoeff (1969), which the identifiers of SNOMED CT end with. */
final class Verhoeff {
  private static final int[] STEP = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  private static final int POSITIONS = 8;

  private Verhoeff() {}

  /** Whether a number of digits ends with the check digit of those before it. */
  static boolean holds(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      check = product(check, permuted(digit, i % POSITIONS));
    }
    return check == 0;
  }

  /** The dihedral group of the pentagon: 0 to 4 turn it, 5 to 9 mirror it first. */
  private static int product(int left, int right) {
    if (left < 5) {
      return right < 5 ? (left + right) % 5 : 5 + (left + right) % 5;
    }
    return right < 5 ? 5 + Math.floorMod(left - right, 5) : Math.floorMod(left - right, 5);
  }

  private static int permuted(int digit, int times) {
    int out = digit;
    for (int i = 0; i < times; i++) {
      out = STEP[out];
    }
    return out;
  }
}
