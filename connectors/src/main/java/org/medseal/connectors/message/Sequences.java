package org.medseal.connectors.message;

import org.medseal.ledger.model.Bytes;

/**
 * How many records each patient has had: 20 to 54 bytes a patient, for as long as the ledger holds
 * them. Guarded by the store's lock.
 */
final class Sequences {
  private final KeyTable last = new KeyTable();

  /** 0 for a patient without records. */
  long last(Bytes patientKey) {
    return last.get(patientKey);
  }

  /** One above the last. */
  long next(Bytes patientKey) {
    int next = Math.addExact(last.get(patientKey), 1);
    last.put(patientKey, next);
    return next;
  }

  /** The patient has had at least so many. */
  void reached(Bytes patientKey, long number) {
    if (number > last.get(patientKey)) {
      last.put(patientKey, Math.toIntExact(number));
    }
  }

  int patients() {
    return last.size();
  }
}
