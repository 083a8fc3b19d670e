package org.medseal.connectors.deidentify;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Moves one patient's dates by a constant number of days. Precision and time of day stay, zones go.
 * A month moves by whole months and a bare year stays, so that each can be moved back exactly. A
 * date of birth keeps its year only, wherever it stands; a date whose shifted one happens to be one
 * keeps its month only, for the record must not show it. A bare year before the oldest one goes: it
 * would tell an age of more than 90.
 *
 * @param oldestYear of those that may stand alone; 0 where that does not matter
 */
public record DateShift(int days, Set<LocalDate> birthDates, int oldestYear) {

  private static final int OLDEST_AGE = 90;
  private static final float DAYS_A_MONTH = 30.4375f;

  public DateShift {
    birthDates = Set.copyOf(birthDates);
  }

  public DateShift(int days, Set<LocalDate> birthDates) {
    this(days, birthDates, 0);
  }

  /** Ages are counted in that year. */
  public static DateShift of(int days, Set<LocalDate> birthDates, int referenceYear) {
    return new DateShift(days, birthDates, referenceYear - OLDEST_AGE);
  }

  /** HL7 v2 DT, TS, DTM: {@code YYYY[MM[DD[HH[MM[SS[.S]]]]]][zone]}; empty if it is none. */
  public Optional<String> hl7(String value) {
    int zone = zone(value, 0);
    String local = value.substring(0, zone).strip();
    int point = local.indexOf('.');
    String digits = point < 0 ? local : local.substring(0, point);
    String fraction = point < 0 ? "" : local.substring(point);
    boolean shape =
        isZone(value.substring(zone).strip())
            && digits.length() >= 4
            && digits.length() <= 14
            && digits.length() % 2 == 0
            && digits(digits)
            && (fraction.isEmpty() || (digits.length() == 14 && digits(fraction.substring(1))));
    if (!shape || !timeOfDay(digits.substring(Math.min(8, digits.length())))) {
      return Optional.empty();
    }
    int parts = Math.min(3, (digits.length() - 2) / 2);
    return shifted(digits, parts, "")
        .map(date -> date.length() < 8 ? date : date + digits.substring(8) + fraction);
  }

  /**
   * FHIR date, dateTime, instant: {@code YYYY[-MM[-DD[Thh:mm[:ss[.f]]zone]]]}; a time of day stays
   * as the clock on the wall showed it, marked Z, since R4 wants a zone. Empty if it is none.
   */
  public Optional<String> iso(String value) {
    int t = value.indexOf('T');
    String date = t < 0 ? value : value.substring(0, t);
    String digits = date.replace("-", "");
    boolean shape =
        digits(digits)
            && switch (digits.length()) {
              case 4 -> date.length() == 4;
              case 6 -> date.length() == 7 && date.charAt(4) == '-';
              case 8 -> date.length() == 10 && date.charAt(4) == '-' && date.charAt(7) == '-';
              default -> false;
            };
    if (!shape || (t >= 0 && digits.length() != 8)) {
      return Optional.empty();
    }
    Optional<String> shifted = shifted(digits, (digits.length() - 2) / 2, "-");
    if (t < 0 || shifted.filter(d -> d.length() == 10).isEmpty()) {
      return shifted;
    }
    String time = value.substring(t + 1, zone(value, t + 1));
    int point = time.indexOf('.');
    String clock = point < 0 ? time : time.substring(0, point);
    boolean valid =
        (clock.length() == 5 || clock.length() == 8)
            && timeOfDay(clock.replace(":", ""))
            && (point < 0 || digits(time.substring(point + 1)));
    return valid ? shifted.map(d -> d + "T" + time + "Z") : Optional.empty();
  }

  /**
   * Year of birth, with everyone of 90 and more at the reference year in one group (that year less
   * 90). Empty if the value does not begin with a year.
   */
  public static Optional<String> birthYear(String value, int referenceYear) {
    if (value.length() < 4 || !digits(value.substring(0, 4))) {
      return Optional.empty();
    }
    int year = Integer.parseInt(value.substring(0, 4));
    return year == 0
        ? Optional.empty()
        : Optional.of(year4(Math.max(year, referenceYear - OLDEST_AGE)));
  }

  /** A full date as HL7 (YYYYMMDD…) or ISO spells it. */
  public static Optional<LocalDate> fullDate(String value) {
    String digits = value.length() >= 10 ? value.substring(0, 10).replace("-", "") : value;
    if (digits.length() < 8 || !digits(digits.substring(0, 8))) {
      return Optional.empty();
    }
    try {
      LocalDate date =
          LocalDate.of(part(digits, 0) * 100 + part(digits, 2), part(digits, 4), part(digits, 6));
      return date.getYear() == 0 ? Optional.empty() : Optional.of(date);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The same way back, for what a shift by {@code days} gave. */
  public static DateShift undoing(int days) {
    return new DateShift(-days, Set.of());
  }

  /** A month by as many whole months as come nearest to the days; empty beyond years 1 to 9999. */
  public static Optional<YearMonth> shifted(YearMonth month, int days) {
    int months = (int) Math.signum(days) * Math.round(Math.abs(days) / DAYS_A_MONTH);
    YearMonth shifted = month.plusMonths(months);
    return Optional.of(shifted).filter(each -> each.getYear() >= 1 && each.getYear() <= 9999);
  }

  private Optional<String> shifted(String digits, int parts, String separator) {
    try {
      int year = Integer.parseInt(digits.substring(0, 4));
      if (year == 0) {
        return Optional.empty();
      }
      return switch (parts) {
        case 1 -> bare(year);
        case 2 -> month(YearMonth.of(year, part(digits, 4)), separator);
        default ->
            day(
                fullDate(digits).orElseThrow(() -> new DateTimeException("no such day")),
                separator);
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<String> bare(int year) {
    return year < oldestYear ? Optional.empty() : Optional.of(year4(year));
  }

  private Optional<String> month(YearMonth month, String separator) {
    return shifted(month, days).map(each -> text(each, separator));
  }

  private Optional<String> day(LocalDate source, String separator) {
    if (birthDates.contains(source)) {
      return bare(source.getYear());
    }
    LocalDate shifted = source.plusDays(days);
    if (birthDates.contains(shifted)) {
      return month(YearMonth.from(source), separator);
    }
    return shifted.getYear() < 1 || shifted.getYear() > 9999
        ? Optional.empty()
        : Optional.of(
            text(YearMonth.from(shifted), separator) + separator + two(shifted.getDayOfMonth()));
  }

  private static String text(YearMonth month, String separator) {
    return year4(month.getYear()) + separator + two(month.getMonthValue());
  }

  private static boolean timeOfDay(String digits) {
    if (!digits(digits) || digits.length() > 6 || digits.length() % 2 != 0) {
      return digits.isEmpty();
    }
    return part(digits, 0) <= 24 && part(digits, 2) <= 59 && part(digits, 4) <= 60;
  }

  private static int part(String digits, int at) {
    return at < digits.length() ? Integer.parseInt(digits.substring(at, at + 2)) : 0;
  }

  private static boolean isZone(String text) {
    return text.isEmpty() || (text.length() == 5 && digits(text.substring(1)));
  }

  private static int zone(String value, int from) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '+' || c == '-' || c == 'Z') {
        return i;
      }
    }
    return value.length();
  }

  private static boolean digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String year4(int year) {
    return year > 999 && year < 10_000
        ? String.valueOf(year)
        : String.format(Locale.ROOT, "%04d", year);
  }

  private static String two(int value) {
    return value < 10 ? "0" + value : String.valueOf(value);
  }
}
