package org.medseal.connectors.deidentify;

import java.util.regex.Pattern;

/** Shapes of values in which nothing personal fits. */
public final class PlainValues {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,12}(\\.\\d{0,8})?|\\.\\d{1,8})([eE][+-]?\\d{1,3})?");
  private static final Pattern MEASURED =
      Pattern.compile("(<|>|<=|>=|=|~)? ?[+-]?(\\d{1,5}(\\.\\d{1,6})?|\\.\\d{1,6}) ?%?");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9%/*.^()\\[\\]{}'\"µμ°Ω_+-]{1,24}");
  private static final Pattern RANGE =
      Pattern.compile("[0-9 .,<>=≤≥:/()+-]{1,32}(to|TO)?[0-9 .,<>=≤≥:/()+-]{0,16}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+*/<>=._-]{1,16}");
  private static final Pattern TIME = Pattern.compile("\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,4})?)?)?");
  private static final Pattern VERSION = Pattern.compile("[0-9.]{1,8}");

  private PlainValues() {}

  public static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  /** A measured value within a text, of at most five places before the point. */
  public static boolean isMeasured(String value) {
    return MEASURED.matcher(value).matches();
  }

  public static boolean isUnit(String value) {
    return UNIT.matcher(value).matches();
  }

  public static boolean isRange(String value) {
    return RANGE.matcher(value).matches();
  }

  public static boolean isToken(String value) {
    return TOKEN.matcher(value).matches();
  }

  public static boolean isTime(String value) {
    return TIME.matcher(value).matches();
  }

  public static boolean isVersion(String value) {
    return VERSION.matcher(value).matches();
  }
}
