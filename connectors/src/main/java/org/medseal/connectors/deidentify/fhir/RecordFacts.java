package org.medseal.connectors.deidentify.fhir;

import java.util.Set;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.KeyedIds;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.RuleCounts;

/**
 * What the copy of one patient's resources needs. {@code made} collects the values the engine made
 * itself or took from a closed list of the standard, which the last scan need not read.
 */
record RecordFacts(
    PatientIdentity identity,
    DateShift dates,
    ResidualScan scan,
    RuleCounts counts,
    Set<String> made,
    KeyedIds keyed,
    int referenceYear) {

  String made(String value) {
    made.add(value);
    return value;
  }

  String pseudonym() {
    return made(PatientIdentity.inRecord(identity.patient()));
  }
}
