package org.medseal.ledger.explorer;

import java.util.Arrays;

/** Numbers in order, without boxes. */
final class LongList {
  private long[] items = new long[16];
  private int size;

  void add(long item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, 2 * size);
    }
    items[size++] = item;
  }

  long get(int at) {
    return items[at];
  }

  int size() {
    return size;
  }
}
