package org.medseal.connectors.deidentify.hl7;

import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.hl7.Field.Component;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;

/** Reads patient identifiers (CX) from PID and MRG. */
final class PatientField {

  private PatientField() {}

  /** PID-3, or where it is empty PID-2, else PID-4, where versions up to 2.3 have the number. */
  static PatientIdentity.Collector collect(
      Segment pid, IdentifierAuthorities authorities, FeedPolicy policy) {
    PatientIdentity.Collector collector = new PatientIdentity.Collector(authorities, policy);
    for (int field : List.of(3, 2, 4)) {
      pid.field(field).repetitions().forEach(r -> add(collector, r));
      if (!collector.all().isEmpty()) {
        break;
      }
    }
    return collector;
  }

  static Optional<QuarantineReason> mergeProblem(
      Segment mrg, IdentifierAuthorities authorities, FeedPolicy policy) {
    PatientIdentity.Collector collector = new PatientIdentity.Collector(authorities, policy);
    mrg.field(1).repetitions().forEach(r -> add(collector, r));
    return collector.all().isEmpty() ? Optional.empty() : collector.problem();
  }

  /** The in-record pseudonym of the patient with these identifiers; empty if none is usable. */
  static String merged(
      Field identifiers, IdentifierAuthorities authorities, FeedPolicy policy, DeidKeys keys) {
    PatientIdentity.Collector collector = new PatientIdentity.Collector(authorities, policy);
    identifiers.repetitions().forEach(r -> add(collector, r));
    return collector.problem().isPresent()
        ? ""
        : PatientIdentity.inRecord(collector.identity(keys).patient());
  }

  private static void add(PatientIdentity.Collector collector, Repetition cx) {
    String id = cx.text(1);
    if (id.isEmpty() || id.equals(Field.DELETE) || id.indexOf(Escapes.UNREADABLE) >= 0) {
      return;
    }
    Component authority = cx.component(4);
    collector.hl7(id, authority.sub(1), authority.sub(2), cx.text(5));
  }
}
