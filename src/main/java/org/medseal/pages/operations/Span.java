package org.medseal.pages.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.medseal.pages.plot.Window;

/** How far back the plots look, and how coarsely. */
enum Span {
  HOUR(1, 1),
  SIX_HOURS(6, 5),
  DAY(24, 15);

  private final int hours;
  private final int stepMinutes;

  Span(int hours, int stepMinutes) {
    this.hours = hours;
    this.stepMinutes = stepMinutes;
  }

  /** The one asked for; an hour if it is none of them. */
  static Span of(String hours) {
    for (Span each : values()) {
      if (Integer.toString(each.hours).equals(hours)) {
        return each;
      }
    }
    return HOUR;
  }

  int hours() {
    return hours;
  }

  int minutes() {
    return hours * 60;
  }

  Duration step() {
    return Duration.ofMinutes(stepMinutes);
  }

  /** Beginning of the step a moment lies in. */
  Instant stepOf(Instant at) {
    long seconds = stepMinutes * 60L;
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  /** Ends with the minute, or the step, that runs. */
  Window window(Instant now, ZoneId zone) {
    Instant running = stepOf(now);
    Instant until = stepMinutes == 1 ? running : running.plus(step());
    return new Window(until.minus(Duration.ofHours(hours)), until, step(), zone);
  }
}
