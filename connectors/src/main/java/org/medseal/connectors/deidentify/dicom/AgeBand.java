package org.medseal.connectors.deidentify.dicom;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AS values coarsened: adults to the lower end of a band of years, the oldest in one group, minors
 * to whole years, children under two to whole months.
 */
record AgeBand(int bandYears, int oldestYears) {
  private static final Pattern AGE = Pattern.compile("(\\d{3})([DWMY])");
  private static final int ADULT_YEARS = 18;
  private static final double DAYS_A_MONTH = 30.4375;

  /** Empty for what is no age string. */
  Optional<String> of(String value) {
    Matcher age = AGE.matcher(value);
    if (!age.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(age.group(1));
    int months =
        switch (age.group(2)) {
          case "D" -> (int) (number / DAYS_A_MONTH);
          case "W" -> (int) (number * 7 / DAYS_A_MONTH);
          case "M" -> number;
          default -> number * 12;
        };
    if (months < 24 && !age.group(2).equals("Y")) {
      return Optional.of(String.format(Locale.ROOT, "%03dM", months));
    }
    int years = Math.min(months / 12, oldestYears);
    boolean banded = years >= ADULT_YEARS && years < oldestYears;
    int shown = banded ? Math.max(ADULT_YEARS, years / bandYears * bandYears) : years;
    return Optional.of(String.format(Locale.ROOT, "%03dY", shown));
  }
}
