package org.medseal.connectors.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.medseal.ledger.model.Bytes;

/**
 * Fingerprints of finished messages of which nothing else is kept, with the minute each was
 * finished in: 20 bytes in tables at most three quarters full. Above the limit the oldest go.
 * Guarded by the store's lock.
 */
final class Fingerprints {
  static final int LENGTH = 16;

  private static final int SHARDS = 64;
  private static final int FIRST_CAPACITY = 16;
  private static final long MS_PER_MINUTE = 60_000;

  /** An eighth goes at once, so that room is seldom made. */
  private static final int PART_DROPPED = 8;

  private final Shard[] shards = new Shard[SHARDS];
  private final int mostPerShard;
  private int size;

  /** Room for so many; none for 0. */
  Fingerprints(int most) {
    mostPerShard = (most + SHARDS - 1) / SHARDS;
    Arrays.setAll(shards, any -> new Shard());
  }

  /** Since 1970, and never 0. */
  static int minute(long atMs) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, atMs / MS_PER_MINUTE));
  }

  static long startMs(int minute) {
    return minute * MS_PER_MINUTE;
  }

  void add(Bytes fingerprint, int minute) {
    if (mostPerShard > 0) {
      ByteBuffer in = ByteBuffer.wrap(fingerprint.requireLength(LENGTH, "fingerprint").toArray());
      long high = in.getLong();
      shard(high).add(high, in.getLong(), minute);
    }
  }

  /** Of a fingerprint that is known. */
  OptionalInt minuteOf(Bytes fingerprint) {
    ByteBuffer in = ByteBuffer.wrap(fingerprint.toArray());
    long high = in.getLong();
    Shard shard = shard(high);
    int minute = shard.minutes[shard.slot(high, in.getLong())];
    return minute == 0 ? OptionalInt.empty() : OptionalInt.of(minute);
  }

  int size() {
    return size;
  }

  private Shard shard(long high) {
    return shards[(int) high & (SHARDS - 1)];
  }

  /** Open addressing; a slot with minute 0 is empty. */
  private final class Shard {
    private long[] highs = new long[FIRST_CAPACITY];
    private long[] lows = new long[FIRST_CAPACITY];
    private int[] minutes = new int[FIRST_CAPACITY];
    private int used;

    void add(long high, long low, int minute) {
      int at = slot(high, low);
      if (minutes[at] != 0) {
        minutes[at] = Math.max(minutes[at], minute);
        return;
      }
      if (used >= mostPerShard) {
        dropOldest();
        at = slot(high, low);
      } else if (used + 1 > highs.length / 4 * 3) {
        rebuild((int) Math.min(2L * highs.length, mostPerShard * 4L / 3 + 8), 0, 0);
        at = slot(high, low);
      }
      put(at, high, low, minute);
    }

    private void put(int at, long high, long low, int minute) {
      highs[at] = high;
      lows[at] = low;
      minutes[at] = minute;
      used++;
      size++;
    }

    /** Where it stands, or would. */
    int slot(long high, long low) {
      int at = (int) Long.remainderUnsigned(low, highs.length);
      while (minutes[at] != 0 && (highs[at] != high || lows[at] != low)) {
        at = at + 1 == highs.length ? 0 : at + 1;
      }
      return at;
    }

    private void dropOldest() {
      int drop = used / PART_DROPPED + 1;
      int[] sorted = Arrays.stream(minutes).filter(minute -> minute != 0).sorted().toArray();
      int last = sorted[drop - 1];
      int ofLast = (int) Arrays.stream(sorted, 0, drop).filter(minute -> minute == last).count();
      rebuild(highs.length, last, ofLast);
    }

    /** Without what is older than that minute, and so many of it. */
    private void rebuild(int capacity, int last, int ofLast) {
      long[] oldHighs = highs;
      long[] oldLows = lows;
      int[] oldMinutes = minutes;
      highs = new long[capacity];
      lows = new long[capacity];
      minutes = new int[capacity];
      size -= used;
      used = 0;
      int drop = ofLast;
      for (int i = 0; i < oldMinutes.length; i++) {
        if (oldMinutes[i] == last && drop > 0) {
          drop--;
        } else if (oldMinutes[i] != 0 && oldMinutes[i] >= last) {
          put(slot(oldHighs[i], oldLows[i]), oldHighs[i], oldLows[i], oldMinutes[i]);
        }
      }
    }
  }
}
