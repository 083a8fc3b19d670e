package org.medseal.connectors.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.medseal.ledger.model.Bytes;

/**
 * Numbers above 0 by keys of 16 random bytes: 20 bytes an entry, in tables at most three quarters
 * full, without an object of their own. There are many small tables, so that no single growth takes
 * long. Not for several threads.
 */
public final class KeyTable {
  private static final int PARTS = 256;
  private static final int FIRST_CAPACITY = 8; // a power of two, as all

  private final Part[] parts = new Part[PARTS];

  public KeyTable() {
    Arrays.setAll(parts, any -> new Part());
  }

  /** 0 for a key that has none. */
  public int get(Key key) {
    return part(key).get(key);
  }

  /** In place of the number it had. */
  public void put(Key key, int number) {
    if (number <= 0) {
      throw new IllegalArgumentException("a number must be positive, is " + number);
    }
    part(key).put(key, number);
  }

  /** Takes the key away if it has this number, else nothing. */
  public void remove(Key key, int number) {
    part(key).remove(key, number);
  }

  public int size() {
    return Arrays.stream(parts).mapToInt(part -> part.used).sum();
  }

  /** The part of the table in which this key stands, or would. */
  public Part part(Key key) {
    return parts[(int) key.high & (PARTS - 1)];
  }

  /** How many parts share what is put, evenly where keys are random. */
  public static int parts() {
    return PARTS;
  }

  /** Sixteen random bytes. */
  public record Key(long high, long low) {
    public static final int LENGTH = 2 * Long.BYTES;

    /** IllegalArgumentException unless it is {@link #LENGTH} bytes long. */
    public static Key of(Bytes key) {
      return firstOf(key.requireLength(LENGTH, "key"));
    }

    /** Of the first bytes of a longer one. */
    public static Key firstOf(Bytes key) {
      ByteBuffer in = ByteBuffer.wrap(key.toArray());
      return new Key(in.getLong(), in.getLong());
    }
  }

  /** Open addressing; a slot with number 0 is empty. */
  public static final class Part {
    private long[] highs = new long[FIRST_CAPACITY];
    private long[] lows = new long[FIRST_CAPACITY];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int used;

    private Part() {}

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

    private void remove(Key key, int number) {
      int hole = slot(key.high, key.low);
      if (numbers[hole] == 0 || numbers[hole] != number) {
        return;
      }
      for (int at = after(hole); numbers[at] != 0; at = after(at)) {
        if (distance(home(lows[at]), at) >= distance(hole, at)) { // else it could not be found
          highs[hole] = highs[at];
          lows[hole] = lows[at];
          numbers[hole] = numbers[at];
          hole = at;
        }
      }
      numbers[hole] = 0;
      used--;
    }

    public int size() {
      return used;
    }

    public IntStream numbers() {
      return Arrays.stream(numbers).filter(number -> number != 0);
    }

    /** Asked once for each entry. */
    public void retain(IntPredicate numberStays) {
      rebuild(highs.length, numberStays);
    }

    private void put(int at, long high, long low, int number) {
      used += numbers[at] == 0 ? 1 : 0;
      highs[at] = high;
      lows[at] = low;
      numbers[at] = number;
    }

    private int slot(long high, long low) {
      int at = home(low);
      while (numbers[at] != 0 && (highs[at] != high || lows[at] != low)) {
        at = after(at);
      }
      return at;
    }

    private int home(long low) {
      return (int) low & (highs.length - 1);
    }

    private int after(int at) {
      return (at + 1) & (highs.length - 1);
    }

    private int distance(int from, int to) {
      return (to - from) & (highs.length - 1);
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
