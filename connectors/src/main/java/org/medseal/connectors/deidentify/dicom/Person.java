package org.medseal.connectors.deidentify.dicom;

import java.util.Optional;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * The patient of one file.
 *
 * @param sourceId (0010,0020) as it came, if any
 * @param pseudonym what stands in its place: 64 hexadecimal digits, as long as an LO may be
 */
record Person(Optional<String> sourceId, String pseudonym, DateShift dates) {
  static Person of(Pseudonym psn, Optional<String> sourceId) {
    return new Person(sourceId, PatientIdentity.inRecord(psn), new DateShift(psn.dateOffsetDays()));
  }

  @Override
  public String toString() {
    return "Person";
  }
}
