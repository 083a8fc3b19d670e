package org.medseal.connectors.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.medseal.ledger.model.Bytes;

/**
 * Numbers above 0 by keys of 16 random bytes: 20 bytes an entry, in tables at most three quarters
 * full. There are many small ones, so that no single growth takes long. Guarded by the store's
 * lock.
 */
final class KeyTable {
  static final int KEY_LENGTH = 16;

  private static final int PARTS = 64;
  private static final int FIRST_CAPACITY = 16;

  private final Part[] parts = new Part[PARTS];

  KeyTable() {
    Arrays.setAll(parts, any -> new Part());
  }

  /** 0 for a key that has none. */
  int get(Bytes key) {
    return part(key).get(Key.of(key));
  }

  void put(Bytes key, int number) {
    part(key).put(Key.of(key), number);
  }

  int size() {
    return Arrays.stream(parts).mapToInt(part -> part.used).sum();
  }

  /** The part of the table in which this key stands, or would. */
  Part part(Bytes key) {
    return parts[(int) Key.of(key).high & (PARTS - 1)];
  }

  /** How many parts share what is put, evenly where keys are random. */
  static int parts() {
    return PARTS;
  }

  private record Key(long high, long low) {
    static Key of(Bytes key) {
      ByteBuffer in = ByteBuffer.wrap(key.requireLength(KEY_LENGTH, "key").toArray());
      return new Key(in.getLong(), in.getLong());
    }
  }

  /** Open addressing; a slot with number 0 is empty. */
  static final class Part {
    private long[] highs = new long[FIRST_CAPACITY];
    private long[] lows = new long[FIRST_CAPACITY];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int used;

    private int get(Key key) {
      return numbers[slot(key.high, key.low)];
    }

    private void put(Key key, int number) {
      int at = slot(key.high, key.low);
      if (numbers[at] == 0 && used + 1 > highs.length / 4 * 3) {
        rebuild(2 * highs.length, any -> true);
        at = slot(key.high, key.low);
      }
      put(at, key.high, key.low, number);
    }

    int size() {
      return used;
    }

    IntStream numbers() {
      return Arrays.stream(numbers).filter(number -> number != 0);
    }

    /** Asked once for each entry. */
    void retain(IntPredicate numberStays) {
      rebuild(highs.length, numberStays);
    }

    private void put(int at, long high, long low, int number) {
      used += numbers[at] == 0 ? 1 : 0;
      highs[at] = high;
      lows[at] = low;
      numbers[at] = number;
    }

    private int slot(long high, long low) {
      int at = (int) Long.remainderUnsigned(low, highs.length);
      while (numbers[at] != 0 && (highs[at] != high || lows[at] != low)) {
        at = at + 1 == highs.length ? 0 : at + 1;
      }
      return at;
    }

    private void rebuild(int capacity, IntPredicate stays) {
      long[] oldHighs = highs;
      long[] oldLows = lows;
      int[] oldNumbers = numbers;
      highs = new long[capacity];
      lows = new long[capacity];
      numbers = new int[capacity];
      used = 0;
      for (int i = 0; i < oldNumbers.length; i++) {
        if (oldNumbers[i] != 0 && stays.test(oldNumbers[i])) {
          put(slot(oldHighs[i], oldLows[i]), oldHighs[i], oldLows[i], oldNumbers[i]);
        }
      }
    }
  }
}
