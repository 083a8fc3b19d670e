package org.medseal.connectors.deidentify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Shapes of values in which nothing personal fits. */
public final class PlainValues {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,7}(\\.\\d{0,8})?|\\.\\d{1,8})([eE][+-]?\\d{1,3})?");
  private static final Pattern MEASURED =
      Pattern.compile("(<|>|<=|>=|=|~)? ?[+-]?(\\d{1,5}(\\.\\d{1,6})?|\\.\\d{1,6}) ?%?");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9%/*.^()\\[\\]{}'\"µμ°Ω_+-]{1,24}");
  private static final String LIMIT = "[+-]?(\\d{1,6}(\\.\\d{0,6})?|\\.\\d{1,6})";
  private static final Pattern RANGE =
      Pattern.compile(
          "(<|>|<=|>=|≤|≥)? ?" + LIMIT + "|" + LIMIT + "( ?(-|–|to|TO) ?| ?[.]{2} ?)" + LIMIT);

  /** Units that senders write with a space. */
  private static final Set<String> SPACED_UNITS =
      Set.of(
          "mm hg",
          "cm h2o",
          "pack years",
          "pack year",
          "beats / min",
          "beats per minute",
          "breaths per minute",
          "beats/ min",
          "/ min",
          "per min",
          "per hpf",
          "/ hpf",
          "per lpf",
          "mg / dl",
          "mmol / l",
          "g / dl",
          "u / l",
          "iu / l",
          "years old",
          "deg c",
          "deg f",
          "million/ul",
          "copies / ml",
          "cells / ul");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+*/<>=._-]{1,16}");
  private static final Pattern TIME = Pattern.compile("\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,4})?)?)?");
  private static final Pattern CLOCK =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?");
  private static final Pattern VERSION = Pattern.compile("[0-9.]{1,8}");

  private PlainValues() {}

  /** At most seven places before the point, which is less than a number of somebody has. */
  public static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  /** A measured value within a text, of at most five places before the point. */
  public static boolean isMeasured(String value) {
    return MEASURED.matcher(value).matches();
  }

  public static boolean isUnit(String value) {
    return UNIT.matcher(value).matches()
        || SPACED_UNITS.contains(value.toLowerCase(Locale.ROOT).replaceAll(" +", " "));
  }

  /** A number, two with a dash, or one with a comparator; six places at most. */
  public static boolean isRange(String value) {
    return RANGE.matcher(value).matches();
  }

  public static boolean isToken(String value) {
    return TOKEN.matcher(value).matches();
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
