package org.medseal.pages.plot;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;

/** Times in milliseconds: ticks where people expect them, labels in the largest fitting unit. */
public final class Durations implements Quantity {
  private static final double SECOND = 1_000;
  private static final double MINUTE = 60 * SECOND;
  private static final double HOUR = 60 * MINUTE;

  private static final double[] STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    20 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    6 * HOUR,
    12 * HOUR
  };

  private final Locale locale;
  private final Units units;

  /** How the units are written behind a number, such as " ms". */
  public record Units(String milliseconds, String seconds, String minutes, String hours) {}

  public Durations(Locale locale, Units units) {
    this.locale = locale;
    this.units = units;
  }

  @Override
  public List<Double> ticks(double largest, int most) {
    double wanted = Math.max(largest, 1) / most;
    for (double step : STEPS) {
      if (step >= wanted) {
        return Counts.upTo(largest, step);
      }
    }
    double days = Math.ceil(wanted / (24 * HOUR));
    return Counts.upTo(largest, days * 24 * HOUR);
  }

  @Override
  public String label(double value) {
    if (value == 0) {
      return "0";
    }
    if (value < SECOND) {
      return number(value, 0) + units.milliseconds();
    }
    if (value < MINUTE) {
      return number(value / SECOND, value < 10 * SECOND ? 2 : 1) + units.seconds();
    }
    return value < HOUR
        ? number(value / MINUTE, 1) + units.minutes()
        : number(value / HOUR, 1) + units.hours();
  }

  private String number(double value, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }
}
