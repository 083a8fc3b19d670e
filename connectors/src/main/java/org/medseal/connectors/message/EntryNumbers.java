package org.medseal.connectors.message;

import static org.medseal.connectors.table.NumberedBlocks.place;

import org.medseal.connectors.table.NumberedBlocks;

/**
 * Messages under numbers from 1, for tables that hold numbers; one that is given back is given
 * again. Guarded by the store's lock.
 */
final class EntryNumbers {
  private final NumberedBlocks<Block> blocks = new NumberedBlocks<>(Block::new);

  /** Of the numbers that were given back the latest; 0 for none. */
  private int free;

  private static final class Block {
    private final Entry[] entries = new Entry[NumberedBlocks.SIZE];

    /** The number given back before; made when one first is. */
    private int[] freeBefore = new int[0];
  }

  int give(Entry entry) {
    int number = free;
    if (number == 0) {
      number = blocks.next();
    } else {
      free = blocks.of(number).freeBefore[place(number)];
    }
    blocks.of(number).entries[place(number)] = entry;
    return number;
  }

  Entry get(int number) {
    return blocks.of(number).entries[place(number)];
  }

  void giveBack(int number) {
    Block block = blocks.of(number);
    if (block.freeBefore.length == 0) {
      block.freeBefore = new int[NumberedBlocks.SIZE];
    }
    block.entries[place(number)] = null;
    block.freeBefore[place(number)] = free;
    free = number;
  }
}
