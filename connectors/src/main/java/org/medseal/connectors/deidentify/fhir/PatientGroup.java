package org.medseal.connectors.deidentify.fhir;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;
import org.medseal.connectors.deidentify.PatientIdentity;

/** One patient of a message: how references name it, who it is, and the resources about it. */
final class PatientGroup {

  private final Set<String> keys = new LinkedHashSet<>();
  private final Set<Entries.Entry> entries = new LinkedHashSet<>();
  private PatientIdentity.Collector identity;

  PatientGroup(String key, PatientIdentity.Collector identity) {
    this.keys.add(key);
    this.identity = identity;
  }

  Set<String> keys() {
    return keys;
  }

  Set<Entries.Entry> entries() {
    return entries;
  }

  PatientIdentity.Collector identity() {
    return identity;
  }

  /** Two names of one person; what the Patient resource itself says counts first. */
  void absorb(PatientGroup other) {
    if (!holdsPatient() && other.holdsPatient()) {
      other.identity.absorb(identity);
      identity = other.identity;
    } else {
      identity.absorb(other.identity);
    }
    keys.addAll(other.keys);
    entries.addAll(other.entries);
  }

  private boolean holdsPatient() {
    return entries.stream().anyMatch(e -> e.resource() instanceof Patient);
  }
}
