package org.medseal.connectors.dicomnet;

import java.util.regex.Pattern;

/** Form of unique identifiers (PS3.5 chapter 9). */
final class Uids {
  static final String VERIFICATION = "1.2.840.10008.1.1";

  private static final int MAX_LENGTH = 64;
  private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private Uids() {}

  /** Components with leading zeros are wrong by the standard, and common. */
  static boolean isValid(String uid) {
    return uid.length() <= MAX_LENGTH && FORM.matcher(uid).matches();
  }
}
