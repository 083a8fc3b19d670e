package org.medseal.connectors.deidentify.fhir;

import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * One keyed map for resource ids, full URLs and references, so that links within and between
 * records survive. References to what no record holds (people, places, devices) are dropped.
 */
final class IdMap {

  private static final String PURPOSE = "FHIR-ID";

  private final Entries entries;
  private final PatientGroup group;
  private final FhirRules rules;
  private final RecordFacts facts;
  private final boolean holdsPatient;

  /**
   * @param holdsPatient whether the record itself says whose it is
   */
  IdMap(
      Entries entries,
      PatientGroup group,
      FhirRules rules,
      RecordFacts facts,
      boolean holdsPatient) {
    this.entries = entries;
    this.group = group;
    this.holdsPatient = holdsPatient;
    this.rules = rules;
    this.facts = facts;
  }

  /** The new id of a resource of the message. */
  String id(Entries.Entry entry) {
    return group.keys().contains(entry.key())
        ? self()
        : facts.made(facts.keyed().uuid(PURPOSE, entry.key()));
  }

  String fullUrl(Entries.Entry entry) {
    return facts.made("urn:uuid:" + id(entry));
  }

  /** A contained resource's id means something only inside its container. */
  String contained(Resource resource) {
    return facts.made(
        "c" + facts.keyed().hex("FHIR-CONTAINED", FhirTree.id(resource)).substring(0, 8));
  }

  private String self() {
    return facts.made(facts.keyed().uuid(PURPOSE, "Patient", facts.pseudonym()));
  }

  Optional<Reference> reference(Entries.Entry from, Reference source) {
    Optional<Resource> contained = Entries.contained(from, source);
    if (contained.isPresent()) {
      return rules.keeps(contained.get().fhirType())
          ? Optional.of(to("#" + contained(contained.get())))
          : Optional.empty();
    }
    Optional<String> key = entries.key(from, source);
    if (key.isEmpty()) {
      return isSelf(source) ? Optional.of(patient()) : Optional.empty();
    }
    if (group.keys().contains(key.get())) {
      return Optional.of(patient());
    }
    String type = entries.type(key.get(), source);
    if (!rules.keeps(type)) {
      return Optional.empty();
    }
    Optional<Entries.Entry> target = entries.at(key.get()).filter(group.entries()::contains);
    return Optional.of(
        to(
            target
                .map(this::fullUrl)
                .orElseGet(() -> type + "/" + facts.made(facts.keyed().uuid(PURPOSE, key.get())))));
  }

  /** A reference by identifier or by a search is to this patient if the number is the patient's. */
  private boolean isSelf(Reference source) {
    return PatientSplit.searched(source)
        .filter(
            i ->
                group
                    .identity()
                    .hasNumber(i.getSystem() == null ? "" : i.getSystem(), i.getValue()))
        .isPresent();
  }

  private Reference patient() {
    boolean here = group.entries().stream().anyMatch(e -> group.keys().contains(e.key()));
    Reference reference = to(here ? "urn:uuid:" + self() : "Patient/" + self());
    if (!holdsPatient) {
      reference.setIdentifier(new Identifier().setValue(facts.pseudonym()));
    }
    return reference;
  }

  private Reference to(String reference) {
    return new Reference(facts.made(reference));
  }
}
