package org.medseal.connectors.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is kept for numbers from 1 without a gap, in blocks of {@value #SIZE} that are made as they
 * are reached: none is ever copied to grow. A block holds arrays of that size. Not for several
 * threads.
 */
public final class NumberedBlocks<B> {
  private static final int SHIFT = 10;
  public static final int SIZE = 1 << SHIFT;

  private final Supplier<B> fresh;
  private final List<B> blocks = new ArrayList<>();
  private int highest;

  public NumberedBlocks(Supplier<B> fresh) {
    this.fresh = fresh;
  }

  /** The number after the highest; ArithmeticException, and none is taken, after the last int. */
  public int next() {
    int number = Math.addExact(highest, 1);
    if (place(number) == 0) {
      blocks.add(fresh.get());
    }
    highest = number;
    return number;
  }

  /** The block that a number is in. */
  public B of(int number) {
    return blocks.get((number - 1) >> SHIFT);
  }

  /** Where in its block a number is, from 0. */
  public static int place(int number) {
    return (number - 1) & (SIZE - 1);
  }
}
