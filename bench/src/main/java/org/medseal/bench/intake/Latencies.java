package org.medseal.bench.intake;

import java.util.Arrays;

/** Times of one thread, or of several added together. */
final class Latencies {
  private long[] nanos = new long[4096];
  private int size;
  private boolean sorted;

  void add(long taken) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = taken;
    sorted = false;
  }

  void add(Latencies other) {
    for (int i = 0; i < other.size; i++) {
      add(other.nanos[i]);
    }
  }

  int size() {
    return size;
  }

  /** The time within which this share of them was done, in ms; 0 when there are none. */
  double percentileMs(double share) {
    if (size == 0) {
      return 0;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, size);
      sorted = true;
    }
    return nanos[Math.min(size - 1, (int) (share * size))] / 1e6;
  }
}
