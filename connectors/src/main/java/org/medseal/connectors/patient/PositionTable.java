package org.medseal.connectors.patient;

import org.medseal.ledger.model.Hash;

/**
 * Journal positions by transaction id, of which the first eight bytes are kept: whoever reads a
 * position checks that it is the one he wanted. Open addressing, about 32 bytes an entry.
 */
final class PositionTable {
  private static final int FIRST_LENGTH = 1024;

  private long[] keys = new long[FIRST_LENGTH]; // 0 for none
  private long[] positions = new long[FIRST_LENGTH];
  private int size;

  void put(Hash txId, long position) {
    if (2 * size >= keys.length) {
      grow();
    }
    enter(key(txId), position);
  }

  /** -1 if there is none. */
  long find(Hash txId) {
    int at = place(key(txId));
    return keys[at] == 0 ? -1 : positions[at];
  }

  private void enter(long key, long position) {
    int at = place(key);
    size += keys[at] == 0 ? 1 : 0;
    keys[at] = key;
    positions[at] = position;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldPositions = positions;
    keys = new long[2 * oldKeys.length];
    positions = new long[2 * oldKeys.length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        enter(oldKeys[i], oldPositions[i]);
      }
    }
  }

  /** Where the key is, or belongs. */
  private int place(long key) {
    int at = (int) (key >>> Integer.SIZE) & (keys.length - 1);
    while (keys[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private static long key(Hash txId) {
    long key = Long.parseUnsignedLong(txId.hex(), 0, 2 * Long.BYTES, 16);
    return key == 0 ? 1 : key;
  }
}
