package org.medseal.connectors.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Messages in an order that most of them arrive in: four to eight bytes each and nothing that grows
 * all at once. No two of them are equal in it. Guarded by the store's lock, as is each walk through
 * it.
 */
final class OrderedEntries {
  private static final int BLOCK = 256;

  private final Comparator<Entry> order;

  /** None of them empty. */
  private final List<Block> blocks = new ArrayList<>();

  private int size;

  OrderedEntries(Comparator<Entry> order) {
    this.order = order;
  }

  /** As they are worked on. */
  static OrderedEntries byOrder() {
    return new OrderedEntries(Comparator.comparingLong(entry -> entry.order));
  }

  void add(Entry entry) {
    size++;
    if (blocks.isEmpty() || order.compare(lastBlock().last(), entry) < 0) {
      append(entry);
      return;
    }
    Predicate<Entry> before = known -> order.compare(known, entry) < 0;
    int number = blockOf(before);
    Block block = blocks.get(number);
    if (block.size == BLOCK) {
      blocks.add(number + 1, block.split());
      if (before.test(block.last())) {
        block = blocks.get(number + 1);
      }
    }
    block.insert(block.firstNot(before), entry);
  }

  private void append(Entry entry) {
    if (blocks.isEmpty() || lastBlock().size == BLOCK) {
      blocks.add(new Block());
    }
    lastBlock().insert(lastBlock().size, entry);
  }

  private Block lastBlock() {
    return blocks.get(blocks.size() - 1);
  }

  /** Nothing if it is not in here. */
  void remove(Entry entry) {
    Predicate<Entry> before = known -> order.compare(known, entry) < 0;
    int number = blockOf(before);
    if (number == blocks.size()) {
      return;
    }
    Block block = blocks.get(number);
    int at = block.firstNot(before);
    if (order.compare(block.entries[at], entry) == 0) {
      block.remove(at);
      size--;
      joinSmall(number);
    }
  }

  private void joinSmall(int number) {
    Block block = blocks.get(number);
    if (block.size == 0) {
      blocks.remove(number);
    } else if (block.size <= BLOCK / 4 && number + 1 < blocks.size()) {
      Block next = blocks.get(number + 1);
      if (block.size + next.size <= BLOCK / 2) {
        block.take(next);
        blocks.remove(number + 1);
      }
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    blocks.clear();
    size = 0;
  }

  Iterable<Entry> all() {
    return from(any -> false);
  }

  Stream<Entry> stream() {
    return StreamSupport.stream(all().spliterator(), false);
  }

  /** The first of which it does not hold; it holds of all before one of which it does. */
  Optional<Entry> first(Predicate<Entry> before) {
    int number = blockOf(before);
    return number == blocks.size()
        ? Optional.empty()
        : Optional.of(blocks.get(number).entries[blocks.get(number).firstNot(before)]);
  }

  /** All of which it does not hold, as with {@link #first}. */
  Iterable<Entry> from(Predicate<Entry> before) {
    return () -> {
      int number = blockOf(before);
      int at = number == blocks.size() ? 0 : blocks.get(number).firstNot(before);
      return new Walk(number, at, 1);
    };
  }

  /** All of which it holds, last ones first. */
  Iterable<Entry> backFrom(Predicate<Entry> before) {
    return () -> {
      int number = blockOf(before);
      int at = number == blocks.size() ? 0 : blocks.get(number).firstNot(before);
      return at > 0
          ? new Walk(number, at - 1, -1)
          : new Walk(number - 1, number == 0 ? 0 : blocks.get(number - 1).size - 1, -1);
    };
  }

  /** The first with an entry of which it does not hold. */
  private int blockOf(Predicate<Entry> before) {
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before.test(blocks.get(middle).last())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static final class Block {
    private final Entry[] entries = new Entry[BLOCK];
    private int size;

    Entry last() {
      return entries[size - 1];
    }

    int firstNot(Predicate<Entry> before) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (before.test(entries[middle])) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    void insert(int at, Entry entry) {
      System.arraycopy(entries, at, entries, at + 1, size - at);
      entries[at] = entry;
      size++;
    }

    void remove(int at) {
      System.arraycopy(entries, at + 1, entries, at, size - at - 1);
      entries[--size] = null;
    }

    /** The upper half, which is no longer in here. */
    Block split() {
      Block upper = new Block();
      upper.size = size / 2;
      size -= upper.size;
      System.arraycopy(entries, size, upper.entries, 0, upper.size);
      Arrays.fill(entries, size, size + upper.size, null);
      return upper;
    }

    void take(Block next) {
      System.arraycopy(next.entries, 0, entries, size, next.size);
      size += next.size;
    }
  }

  private final class Walk implements Iterator<Entry> {
    private final int step;
    private int number;
    private int at;

    Walk(int number, int at, int step) {
      this.number = number;
      this.at = at;
      this.step = step;
    }

    @Override
    public boolean hasNext() {
      return number >= 0 && number < blocks.size();
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry next = blocks.get(number).entries[at];
      at += step;
      if (at < 0 || at == blocks.get(number).size) {
        number += step;
        at = step > 0 || number < 0 ? 0 : blocks.get(number).size - 1;
      }
      return next;
    }
  }
}
