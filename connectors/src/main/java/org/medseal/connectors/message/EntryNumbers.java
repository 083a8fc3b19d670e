package org.medseal.connectors.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages under numbers from 1, for tables that hold numbers; one that is given back is given
 * again. Guarded by the store's lock.
 */
final class EntryNumbers {
  private static final int SHIFT = 10;
  private static final int BLOCK = 1 << SHIFT;

  private final List<Block> blocks = new ArrayList<>();
  private int highest;

  /** Of the numbers that were given back the latest; 0 for none. */
  private int free;

  private static final class Block {
    private final Entry[] entries = new Entry[BLOCK];

    /** The number given back before; made when one first is. */
    private int[] freeBefore = new int[0];
  }

  int give(Entry entry) {
    int number = free;
    if (number == 0) {
      number = ++highest;
      if (at(number) == 0) {
        blocks.add(new Block());
      }
    } else {
      free = block(number).freeBefore[at(number)];
    }
    block(number).entries[at(number)] = entry;
    return number;
  }

  Entry get(int number) {
    return block(number).entries[at(number)];
  }

  void giveBack(int number) {
    Block block = block(number);
    if (block.freeBefore.length == 0) {
      block.freeBefore = new int[BLOCK];
    }
    block.entries[at(number)] = null;
    block.freeBefore[at(number)] = free;
    free = number;
  }

  private Block block(int number) {
    return blocks.get((number - 1) >> SHIFT);
  }

  private static int at(int number) {
    return (number - 1) & (BLOCK - 1);
  }
}
