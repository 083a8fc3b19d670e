package org.medseal.connectors.dicom;

import java.util.EnumMap;
import java.util.Map;

/** What one read had to forgive. */
final class LeniencyCount {
  private final Map<Leniency, Integer> counts = new EnumMap<>(Leniency.class);

  private final boolean strict;

  LeniencyCount(boolean strict) {
    this.strict = strict;
  }

  /** DicomException MALFORMED in strict reading, but for what the standard allows. */
  void add(Leniency leniency) {
    if (strict && leniency != Leniency.UN_FOR_KNOWN_ATTRIBUTE) {
      throw new DicomException(DicomException.Reason.MALFORMED, "not by the standard: " + leniency);
    }
    counts.merge(leniency, 1, Integer::sum);
  }

  Map<Leniency, Integer> counts() {
    return counts;
  }
}
