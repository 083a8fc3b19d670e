package org.medseal.series;

import java.util.OptionalLong;

/**
 * Times of one minute, counted in classes a fifth apart: a percentile is right to that, whatever
 * their number, from 1 ms to more than a day. Not thread-safe.
 */
final class Delays {
  private static final double RATIO = 1.2;
  private static final int CLASSES = 120;

  private int[] classes = new int[0];
  private long count;
  private long largestMs;

  void add(long millis) {
    if (classes.length == 0) {
      classes = new int[CLASSES];
    }
    long value = Math.max(0, millis);
    classes[classOf(value)]++;
    count++;
    largestMs = Math.max(largestMs, value);
  }

  /** The least bound of a class below which so many hundredths lie; empty without any. */
  OptionalLong percentile(int hundredths) {
    if (count == 0) {
      return OptionalLong.empty();
    }
    long wanted = (count * hundredths + 99) / 100;
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += classes[i];
      if (seen >= wanted) {
        return OptionalLong.of(Math.min(largestMs, bound(i)));
      }
    }
    return OptionalLong.of(largestMs);
  }

  OptionalLong largest() {
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(largestMs);
  }

  private static int classOf(long millis) {
    if (millis <= 1) {
      return 0;
    }
    int at = (int) Math.ceil(Math.log((double) millis) / Math.log(RATIO) - 1e-9);
    return Math.min(CLASSES - 1, at);
  }

  private static long bound(int index) {
    return Math.round(Math.pow(RATIO, index));
  }
}
