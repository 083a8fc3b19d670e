package org.medseal.ledger.explorer;

import java.util.Arrays;

/** Numbers from 0 on, without boxes: sixteen bytes each on average. */
final class LongSet {
  private static final long EMPTY = -1;

  private long[] slots = new long[1 << 16];
  private int size;

  LongSet() {
    Arrays.fill(slots, EMPTY);
  }

  /** False when it was there. */
  boolean add(long value) {
    if (2L * size >= slots.length) {
      grow();
    }
    if (!put(slots, value)) {
      return false;
    }
    size++;
    return true;
  }

  private static boolean put(long[] into, long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    int at = (int) (mixed ^ mixed >>> 32) & into.length - 1;
    while (into[at] != EMPTY) {
      if (into[at] == value) {
        return false;
      }
      at = at + 1 & into.length - 1;
    }
    into[at] = value;
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    Arrays.fill(larger, EMPTY);
    for (long each : slots) {
      if (each != EMPTY) {
        put(larger, each);
      }
    }
    slots = larger;
  }

  int size() {
    return size;
  }
}
