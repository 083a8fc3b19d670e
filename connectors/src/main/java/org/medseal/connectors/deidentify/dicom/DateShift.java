package org.medseal.connectors.deidentify.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moves DA and DT values by the patient's number of days. Parts of a date keep their precision (a
 * month moves by whole months, a bare year stays), times stay, zones go.
 */
final class DateShift {
  private static final Pattern DATE = Pattern.compile("(\\d{4})\\.?(\\d{2})\\.?(\\d{2})");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})((?:\\d{2}){0,3}(?:\\.\\d{1,6})?))?)?(?:[+-]\\d{4})?");

  private final int days;
  private final boolean bareYears;

  /** A year on its own goes: it may be that of a birth more than 90 years ago. */
  DateShift(int days) {
    this(days, false);
  }

  private DateShift(int days, boolean bareYears) {
    this.days = days;
    this.bareYears = bareYears;
  }

  /** The way back of a shift by {@code days}; what was not moved stays. */
  static DateShift undoing(int days) {
    return new DateShift(-days, true);
  }

  /** Empty for what is no date of PS3.5. */
  Optional<String> date(String value) {
    Matcher date = DATE.matcher(value);
    return date.matches() ? shifted(date.group(1), date.group(2), date.group(3)) : Optional.empty();
  }

  Optional<String> dateTime(String value) {
    Matcher moment = DATE_TIME.matcher(value);
    if (!moment.matches()) {
      return Optional.empty();
    }
    String year = moment.group(1);
    if (moment.group(2) == null) {
      return bareYears ? Optional.of(year) : Optional.empty();
    }
    if (moment.group(3) == null) {
      return month(year, moment.group(2));
    }
    return shifted(year, moment.group(2), moment.group(3)).map(date -> date + moment.group(4));
  }

  private Optional<String> month(String year, String month) {
    try {
      return org.medseal.connectors.deidentify.DateShift.shifted(
              YearMonth.of(Integer.parseInt(year), Integer.parseInt(month)), days)
          .map(
              each -> String.format(Locale.ROOT, "%04d%02d", each.getYear(), each.getMonthValue()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<String> shifted(String year, String month, String day) {
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
              .plusDays(days);
      return date.getYear() < 1 || date.getYear() > 9999
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "%04d%02d%02d",
                  date.getYear(),
                  date.getMonthValue(),
                  date.getDayOfMonth()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
