package org.medseal.watch;

import java.time.Duration;
import java.util.Map;

/**
 * When something is worth an alert.
 *
 * @param silence by feed; a feed without one may be silent for ever
 * @param highWater messages that may wait
 * @param diskFreePercent free space below this is low
 * @param quarantinePercent of a feed's messages of the last quarter of an hour
 */
public record WatchLimits(
    Map<String, Duration> silence, int highWater, int diskFreePercent, int quarantinePercent) {
  public WatchLimits {
    silence = Map.copyOf(silence);
    if (highWater < 1) {
      throw new IllegalArgumentException("highWater must be positive, is " + highWater);
    }
    percent(diskFreePercent);
    percent(quarantinePercent);
  }

  private static void percent(int value) {
    if (value < 1 || value > 100) {
      throw new IllegalArgumentException("a percentage is 1 to 100, is " + value);
    }
  }
}
