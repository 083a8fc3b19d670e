package org.medseal.connectors.deidentify;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shapes of values in which nothing personal fits. */
public final class PlainValues {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,7}(\\.\\d{0,8})?|\\.\\d{1,8})([eE][+-]?\\d{1,3})?");
  private static final Pattern MEASURED =
      Pattern.compile("(<|>|<=|>=|≤|≥|=|~)? ?[+-]?(\\d{1,5}([.,]\\d{1,6})?|\\.\\d{1,6}) ?%?");
  private static final Pattern TITRE = Pattern.compile("(<|>|<=|>=|≤|≥)? ?1 ?: ?\\d{1,5}");
  private static final String LIMIT = "[+-]?(?!0\\d)(\\d{1,6}([.,]\\d{0,6})?|\\.\\d{1,6})";
  private static final Pattern LIMITED = Pattern.compile("(<|>|<=|>=|≤|≥)? ?" + LIMIT);
  private static final Pattern RANGE =
      Pattern.compile("(?<low>" + LIMIT + ")( ?(-|–|to|TO) ?| ?[.]{2} ?)(?<high>" + LIMIT + ")");

  private static final Pattern SMALL = Pattern.compile("\\d{1,3}([.,]\\d{1,2})?");

  /** 10.03 could be the tenth of March. */
  private static final Pattern DAY = Pattern.compile("(0?[1-9]|[12]\\d|3[01])[.](0[1-9]|1[0-2])");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+*/<>=._-]{1,16}");
  private static final Pattern TIME = Pattern.compile("\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,4})?)?)?");
  private static final Pattern CLOCK =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?");

  /** Too short for a number of somebody, or for a day. */
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,3}){0,4}");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int LONGEST_NUMBER_IN_A_WORD = 6;

  private PlainValues() {}

  /** At most seven places before the point, which is less than a number of somebody has. */
  public static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  /** A measured value within a text, of at most five places before the point. */
  public static boolean isMeasured(String value) {
    return MEASURED.matcher(value).matches();
  }

  /** A number, or a measured value: senders write "<5" and decimal commas where numbers belong. */
  public static boolean isResult(String value) {
    return isNumber(value) || isMeasured(value);
  }

  /**
   * What a text may say of a measurement: a value, a titre (1:320), or a range of two short numbers
   * that rise, as of cells in a field of view. Longer ones could be a phone number, and two with
   * the look of day and month could be a stay.
   */
  public static boolean isMeasurement(String value) {
    return isMeasured(value) || TITRE.matcher(value).matches() || isSmallRange(value);
  }

  private static boolean isSmallRange(String value) {
    Matcher two = RANGE.matcher(value);
    return two.matches()
        && SMALL.matcher(two.group("low")).matches()
        && SMALL.matcher(two.group("high")).matches()
        && !(DAY.matcher(two.group("low")).matches() && DAY.matcher(two.group("high")).matches())
        && rises(two.group("low"), two.group("high"));
  }

  /**
   * A number, two with a dash, or one with a comparator, or a titre; six places at most. Two must
   * rise and begin with no nought: a date of birth with a serial number (YYMMDD-NNNN) is no range.
   */
  public static boolean isRange(String value) {
    Matcher two = RANGE.matcher(value);
    return LIMITED.matcher(value).matches()
        || TITRE.matcher(value).matches()
        || (two.matches() && rises(two.group("low"), two.group("high")));
  }

  /** Whether two numbers stand for from and to. */
  public static boolean rises(String low, String high) {
    return decimal(low).compareTo(decimal(high)) <= 0;
  }

  private static BigDecimal decimal(String number) {
    return new BigDecimal(number.replace(',', '.'));
  }

  /** A short word without a number that could be somebody's. */
  public static boolean isToken(String value) {
    return TOKEN.matcher(value).matches() && !hasLongNumber(value);
  }

  /** Whether its digits, separators left out, are more than six in a row. */
  static boolean hasLongNumber(String value) {
    Matcher run = DIGITS.matcher(value.replaceAll("[ ./:_-]", ""));
    while (run.find()) {
      if (run.group().length() > LONGEST_NUMBER_IN_A_WORD) {
        return true;
      }
    }
    return false;
  }

  /** The time of day as FHIR spells it. */
  public static boolean isClock(String value) {
    return CLOCK.matcher(value).matches();
  }

  public static boolean isTime(String value) {
    return TIME.matcher(value).matches();
  }

  public static boolean isVersion(String value) {
    return VERSION.matcher(value).matches();
  }
}
