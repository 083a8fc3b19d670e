package org.medseal.requests;

import java.util.List;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;

/** The institution's own encrypted index of its patients' records. */
@FunctionalInterface
public interface LocalRecords {
  /** Transaction ids of records of this patient, committed or not yet. */
  List<Hash> find(PatientIdentifier identifier);
}
