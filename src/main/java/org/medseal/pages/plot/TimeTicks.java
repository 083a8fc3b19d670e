package org.medseal.pages.plot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Round moments of the reader's clock within a window. */
final class TimeTicks {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");
  private static final int[] MINUTES = {1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440};

  private TimeTicks() {}

  /** A moment and how it reads: the time of day, or the date where a day begins. */
  record Tick(Instant at, String label) {}

  /** At most so many, at equal distances from the beginning of a day. */
  static List<Tick> within(Window window, int most) {
    long length = Math.max(1, window.length().toMinutes());
    int step = MINUTES[MINUTES.length - 1];
    for (int minutes : MINUTES) {
      if (length / minutes <= most) {
        step = minutes;
        break;
      }
    }
    ZonedDateTime day =
        window.from().atZone(window.zone()).toLocalDate().atStartOfDay(window.zone());
    return ticks(window, day, Duration.ofMinutes(step));
  }

  private static List<Tick> ticks(Window window, ZonedDateTime day, Duration step) {
    List<Tick> ticks = new ArrayList<>();
    Duration since = Duration.between(day.toInstant(), window.from());
    long passed = since.isZero() ? 0 : (since.toMillis() + step.toMillis() - 1) / step.toMillis();
    Instant at = day.toInstant().plus(step.multipliedBy(passed));
    while (!at.isAfter(window.until())) {
      ZonedDateTime local = at.atZone(window.zone());
      boolean midnight = local.getHour() == 0 && local.getMinute() == 0;
      ticks.add(new Tick(at, midnight ? DAY.format(local) : CLOCK.format(local)));
      at = at.plus(step);
    }
    return ticks;
  }

  /** A moment as the table and the hints say it. */
  static String clock(Instant at, Window window) {
    return CLOCK.format(at.atZone(window.zone()));
  }
}
