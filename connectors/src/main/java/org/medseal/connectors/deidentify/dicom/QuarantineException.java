package org.medseal.connectors.deidentify.dicom;

import org.medseal.connectors.deidentify.QuarantineReason;

/** Ends the work on one file; the place is a path of tags, never a value. */
final class QuarantineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final QuarantineReason reason;
  private final String place;

  QuarantineException(QuarantineReason reason, String place) {
    super(reason + " at " + place);
    this.reason = reason;
    this.place = place;
  }

  QuarantineReason reason() {
    return reason;
  }

  String place() {
    return place;
  }
}
