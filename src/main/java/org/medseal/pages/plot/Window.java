package org.medseal.pages.plot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time a plot shows.
 *
 * @param until later than {@code from}
 * @param step what one point stands for, from its moment on
 * @param zone in which its times are read
 */
public record Window(Instant from, Instant until, Duration step, ZoneId zone) {
  public Window {
    if (!until.isAfter(from) || step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("a window has a length and a step above zero");
    }
  }

  Duration length() {
    return Duration.between(from, until);
  }
}
