package org.medseal.connectors.deidentify.fhir;

import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.medseal.connectors.deidentify.Planted;

/** Data types with planted values. */
final class PlantedTypes {
  private PlantedTypes() {}

  static CodeableConcept code(Planted p, String system, String code) {
    return new CodeableConcept(
        new Coding(system, p.clinical(code), p.oneOf("Finding", "Finding of " + p.patient())));
  }

  static Quantity quantity(Planted p) {
    return new Quantity()
        .setValue(new java.math.BigDecimal(p.measured()))
        .setUnit("mg")
        .setSystem("http://unitsofmeasure.org")
        .setCode("mg");
  }

  static HumanName name(Planted p) {
    return new HumanName()
        .setFamily(p.name())
        .addGiven(p.name())
        .addGiven(p.name())
        .setText(p.name());
  }

  static Address address(Planted p) {
    return new Address()
        .addLine(p.street())
        .setCity(p.name())
        .setPostalCode(p.number(6))
        .setText(p.name())
        .setState(p.name())
        .setDistrict(p.name());
  }

  static ContactPoint phone(Planted p) {
    return new ContactPoint().setSystem(ContactPoint.ContactPointSystem.PHONE).setValue(p.phone());
  }

  static Identifier identifier(Planted p) {
    Identifier identifier =
        new Identifier().setSystem("http://" + p.name() + ".example/mrn").setValue(p.number(9));
    identifier.setAssigner(new Reference().setDisplay(p.name()));
    return identifier;
  }
}
