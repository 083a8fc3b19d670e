package org.medseal.connectors.deidentify.fhir;

import java.util.LinkedHashSet;
import java.util.Set;
import org.medseal.connectors.deidentify.PatientIdentity;

/** One patient of a message: how references name it, who it is, and the resources about it. */
final class PatientGroup {

  private final Set<String> keys = new LinkedHashSet<>();
  private final Set<Entries.Entry> entries = new LinkedHashSet<>();
  private final PatientIdentity.Collector identity;

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

  /** Two names of one person. */
  void absorb(PatientGroup other) {
    keys.addAll(other.keys);
    entries.addAll(other.entries);
  }
}
