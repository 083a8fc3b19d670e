package org.medseal.connectors.dicom;

import java.util.EnumMap;
import java.util.Map;

/** What one read had to forgive. */
final class LeniencyCount {
  private final Map<Leniency, Integer> counts = new EnumMap<>(Leniency.class);

  void add(Leniency leniency) {
    counts.merge(leniency, 1, Integer::sum);
  }

  Map<Leniency, Integer> counts() {
    return counts;
  }
}
