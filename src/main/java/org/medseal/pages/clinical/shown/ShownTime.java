package org.medseal.pages.clinical.shown;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times of HL7 v2 and DICOM, {@code YYYY[MM[DD[HH[MM[SS[.F]]]]]][+ZZZZ]}, with the marks
 * people read them by. Nothing is computed: no zone is assumed or changed.
 */
public final class ShownTime {
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(\\.\\d{1,6})?)?)?)?)?)?"
              + "([+-]\\d{4})?");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{2})(\\d{2})(?:(\\d{2})(?:\\.\\d{1,6})?)?");

  private ShownTime() {}

  /** The text itself, if it is no date or time. */
  public static String of(String text) {
    Matcher m = TIME.matcher(text.strip());
    if (!m.matches() || m.group(2) == null) {
      return text;
    }
    StringBuilder shown = new StringBuilder(m.group(1)).append('-').append(m.group(2));
    add(shown, "-", m.group(3));
    add(shown, " ", m.group(4));
    add(shown, ":", m.group(5));
    add(shown, ":", m.group(6));
    String zone = m.group(8);
    if (zone != null) {
      shown.append(String.format(Locale.ROOT, " %s:%s", zone.substring(0, 3), zone.substring(3)));
    }
    return shown.toString();
  }

  /** A DICOM TM, {@code HHMM[SS[.F]]}; the text itself, if it is none. */
  public static String clock(String text) {
    Matcher m = CLOCK.matcher(text.strip());
    if (!m.matches()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(m.group(1)).append(':').append(m.group(2));
    add(shown, ":", m.group(3));
    return shown.toString();
  }

  private static void add(StringBuilder to, String mark, String part) {
    if (part != null) {
      to.append(mark).append(part);
    }
  }
}
