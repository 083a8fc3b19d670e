package org.medseal.pages.plot;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Things counted: whole ticks of 1, 2 or 5 times a power of ten. */
public final class Counts implements Quantity {
  private final Locale locale;

  public Counts(Locale locale) {
    this.locale = locale;
  }

  @Override
  public List<Double> ticks(double largest, int most) {
    return upTo(largest, step(Math.max(largest, 1), most));
  }

  private static double step(double largest, int most) {
    double rough = Math.max(1, largest / most);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double each : new double[] {1, 2, 5}) {
      if (each * power >= rough * (1 - 1e-9)) {
        return each * power;
      }
    }
    return 10 * power;
  }

  static List<Double> upTo(double largest, double step) {
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    do {
      ticks.add(ticks.size() * step);
    } while (ticks.get(ticks.size() - 1) < largest * (1 - 1e-9));
    return ticks;
  }

  /** Means may be broken: one decimal below ten. */
  @Override
  public String label(double value) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(value < 10 ? 1 : 0);
    return format.format(value);
  }
}
