package org.medseal.pages.clinical.fhir;

import java.util.List;
import java.util.SortedMap;

/**
 * A part of a FHIR record as a page shows it.
 *
 * @param cards the resources of this part, in the record's order
 * @param part which part, from 1
 * @param parts how many there are
 * @param counts resources of the whole record by what their type is called
 * @param whole false where the record is longer than what is read for showing, or ends too early
 */
public record FhirView(
    List<Card> cards, int part, int parts, SortedMap<String, Integer> counts, boolean whole) {
  public FhirView {
    cards = List.copyOf(cards);
  }

  /** Resources of the whole record, as far as it was read. */
  public int resources() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
