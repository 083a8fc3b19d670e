package org.medseal.connectors.message;

import org.medseal.connectors.table.KeyTable;
import org.medseal.ledger.model.Bytes;

/**
 * How many records each patient has had: 20 to 54 bytes a patient, for as long as the ledger holds
 * them. Guarded by the store's lock.
 */
final class Sequences {
  private final KeyTable last = new KeyTable();

  /** 0 for a patient without records. */
  long last(Bytes patientKey) {
    return last.get(KeyTable.Key.of(patientKey));
  }

  /** One above the last. */
  long next(Bytes patientKey) {
    KeyTable.Key key = KeyTable.Key.of(patientKey);
    int next = Math.addExact(last.get(key), 1);
    last.put(key, next);
    return next;
  }

  /** The patient has had at least so many. */
  void reached(Bytes patientKey, long number) {
    KeyTable.Key key = KeyTable.Key.of(patientKey);
    if (number > last.get(key)) {
      last.put(key, Math.toIntExact(number));
    }
  }

  int patients() {
    return last.size();
  }
}
