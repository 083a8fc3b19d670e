package org.medseal.ledger.store;

import java.util.Arrays;

/** A growing list of positions, eight bytes each. */
final class Positions {
  private long[] values = new long[1024];
  private int size;

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  void add(long position) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = position;
  }

  long[] since(int index) {
    return Arrays.copyOfRange(values, index, size);
  }
}
