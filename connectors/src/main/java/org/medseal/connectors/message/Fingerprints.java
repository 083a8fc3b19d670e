package org.medseal.connectors.message;

import java.util.OptionalInt;
import org.medseal.connectors.table.KeyTable;
import org.medseal.ledger.model.Bytes;

/**
 * Fingerprints of finished messages of which nothing else is kept, with the minute each was
 * finished in. Above the limit the oldest go. Guarded by the store's lock.
 */
final class Fingerprints {
  static final int LENGTH = KeyTable.Key.LENGTH;

  private static final long MS_PER_MINUTE = 60_000;

  /** An eighth goes at once, so that room is seldom made. */
  private static final int PART_DROPPED = 8;

  private final KeyTable minutes = new KeyTable();
  private final int mostInPart;

  /** Room for so many; none for 0. */
  Fingerprints(int most) {
    mostInPart = (most + KeyTable.parts() - 1) / KeyTable.parts();
  }

  /** Since 1970, and never 0. */
  static int minute(long atMs) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, atMs / MS_PER_MINUTE));
  }

  static long startMs(int minute) {
    return minute * MS_PER_MINUTE;
  }

  void add(Bytes fingerprint, int minute) {
    add(KeyTable.Key.of(fingerprint), minute);
  }

  void add(KeyTable.Key key, int minute) {
    if (mostInPart == 0) {
      return;
    }
    int known = minutes.get(key);
    KeyTable.Part part = minutes.part(key);
    if (known == 0 && part.size() >= mostInPart) {
      dropOldest(part);
    }
    minutes.put(key, Math.max(known, minute));
  }

  boolean has(KeyTable.Key fingerprint) {
    return minutes.get(fingerprint) != 0;
  }

  /** Of a fingerprint that is known. */
  OptionalInt minuteOf(Bytes fingerprint) {
    int minute = minutes.get(KeyTable.Key.of(fingerprint));
    return minute == 0 ? OptionalInt.empty() : OptionalInt.of(minute);
  }

  int size() {
    return minutes.size();
  }

  private static void dropOldest(KeyTable.Part part) {
    int drop = part.size() / PART_DROPPED + 1;
    int[] oldest = part.numbers().sorted().limit(drop).toArray();
    int last = oldest[drop - 1];
    int[] ofLast = {0}; // of the newest minute that goes, only so many go
    for (int minute : oldest) {
      ofLast[0] += minute == last ? 1 : 0;
    }
    part.retain(minute -> minute > last || (minute == last && ofLast[0]-- <= 0));
  }
}
