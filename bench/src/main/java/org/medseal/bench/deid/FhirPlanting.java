package org.medseal.bench.deid;

import static org.medseal.bench.deid.Place.CODE_TEXT;
import static org.medseal.bench.deid.Place.CONTAINED;
import static org.medseal.bench.deid.Place.EXTENSION;
import static org.medseal.bench.deid.Place.NARRATIVE;
import static org.medseal.bench.deid.Place.NESTED;
import static org.medseal.bench.deid.Place.REPEATED;
import static org.medseal.bench.deid.Place.STANDARD;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.StringType;

/** FHIR Bundles with identity in the places where resources have room for it. */
final class FhirPlanting {
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private FhirPlanting() {}

  /** Every fifth in XML. */
  static byte[] message(AnswerKey key) {
    Bundle bundle = bundle(key);
    var parser = key.upTo(5) == 0 ? R4.newXmlParser() : R4.newJsonParser();
    return parser.encodeResourceToString(bundle).getBytes(StandardCharsets.UTF_8);
  }

  private static Bundle bundle(AnswerKey p) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.TRANSACTION);
    String host = p.host(STANDARD) + "/fhir/";
    Patient patient = patient(p);
    patient.setId("Xq" + p.number(STANDARD));
    Practitioner doctor = new Practitioner();
    doctor.setId("d" + p.number(STANDARD));
    doctor.addName(name(p));
    doctor.addIdentifier(identifier(p));
    Organization hospital = new Organization();
    hospital.setId("o" + p.number(STANDARD));
    hospital.setName(p.institution(STANDARD)).addAddress(address(p));
    Location ward = new Location();
    ward.setId("l" + p.number(STANDARD));
    ward.setName("Ward " + p.name(STANDARD));
    Reference about = new Reference("Patient/" + patient.getIdPart()).setDisplay(p.name(STANDARD));
    Reference by =
        new Reference("Practitioner/" + doctor.getIdPart()).setDisplay("Dr " + p.name(STANDARD));
    Reference at =
        new Reference("Organization/" + hospital.getIdPart()).setDisplay(p.name(STANDARD));
    Encounter encounter = encounter(p, about, by, at, ward);
    for (DomainResource resource :
        List.of(
            patient,
            doctor,
            hospital,
            ward,
            encounter,
            observation(p, about, by),
            panel(p, about),
            condition(p, about, by),
            request(p, about, by),
            procedure(p, about, by),
            allergy(p, about, by),
            report(p, about, by),
            document(p, about, by),
            relative(p, about),
            immunization(p, about, by),
            device(p, about))) {
      decorate(p, resource);
      bundle
          .addEntry()
          .setFullUrl(host + resource.fhirType() + "/" + resource.getIdPart())
          .setResource(resource);
    }
    return bundle;
  }

  private static void decorate(AnswerKey p, DomainResource resource) {
    if (resource.getIdPart() == null) {
      resource.setId("x" + p.number(EXTENSION));
    }
    resource
        .getText()
        .setDivAsString(
            "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + p.name(NARRATIVE) + "</div>");
    resource.getText().setStatusAsString("generated");
    Extension nested = new Extension(p.host(EXTENSION) + "/a");
    nested.addExtension(new Extension(p.host(EXTENSION) + "/b", new StringType(p.name(EXTENSION))));
    resource.addExtension(nested);
    resource.getMeta().setSource(p.host(EXTENSION)).addProfile(p.host(EXTENSION) + "/p");
    resource
        .getMeta()
        .addTag()
        .setSystem(p.host(EXTENSION))
        .setCode(p.name(EXTENSION))
        .setDisplay(p.name(EXTENSION));
  }

  private static Patient patient(AnswerKey p) {
    Patient patient = new Patient();
    patient.addIdentifier(identifier(p)).addIdentifier(identifier(p));
    patient
        .addIdentifier()
        .setSystem("http://hl7.org/fhir/sid/us-ssn")
        .setValue(p.number(STANDARD));
    patient
        .addName(name(p).setFamily(p.family()))
        .addName(new HumanName().setText(p.han(STANDARD)));
    patient.addTelecom(phone(p)).addAddress(address(p)).setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType(p.isoBirthDate(STANDARD)));
    patient
        .getBirthDateElement()
        .addExtension(
            new Extension(
                "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                new StringType(p.name(EXTENSION))));
    patient.addContact().setName(name(p)).addTelecom(phone(p)).setAddress(address(p));
    patient.addPhoto(new Attachment().setTitle(p.name(NARRATIVE)).setUrl(p.host(STANDARD)));
    patient.getMaritalStatus().setText(p.name(NARRATIVE));
    return patient;
  }

  private static Encounter encounter(
      AnswerKey p, Reference about, Reference by, Reference at, Location ward) {
    Encounter encounter = new Encounter();
    encounter
        .setStatus(Encounter.EncounterStatus.FINISHED)
        .setSubject(about)
        .addIdentifier(identifier(p));
    encounter
        .getClass_()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .setCode("AMB");
    encounter.addType(code(p, PublicSystem.SNOMED, "410620009"));
    encounter.addParticipant().setIndividual(by);
    encounter
        .setServiceProvider(at)
        .addLocation()
        .setLocation(new Reference("Location/" + ward.getIdPart()).setDisplay(p.name(STANDARD)));
    encounter.getPeriod().setStartElement(new DateTimeType(p.isoTime(STANDARD) + "+08:00"));
    return encounter;
  }

  private static Observation observation(AnswerKey p, Reference about, Reference by) {
    Observation o = new Observation();
    o.setStatus(Observation.ObservationStatus.FINAL)
        .setCode(code(p, PublicSystem.LOINC, "2345-7"))
        .setSubject(about)
        .addPerformer(by);
    o.getCode()
        .addCoding(new Coding(p.host(STANDARD) + "/local", p.name(STANDARD), p.name(STANDARD)));
    o.setValue(quantity(p)).setEffective(new DateTimeType(p.isoTime(STANDARD) + "Z"));
    o.addIdentifier(identifier(p)).addIdentifier(identifier(p));
    o.addNote(
        new Annotation().setText(p.name(NARRATIVE)).setAuthor(new StringType(p.name(NARRATIVE))));
    o.addContained(contained(p));
    o.addPerformer(new Reference("#c1"));
    o.addReferenceRange().setText("usual for " + p.name(NARRATIVE));
    o.setDevice(new Reference("Device/" + p.number(STANDARD)).setDisplay(p.name(STANDARD)));
    return o;
  }

  private static Observation panel(AnswerKey p, Reference about) {
    Observation o = new Observation();
    o.setStatus(Observation.ObservationStatus.FINAL)
        .setCode(code(p, PublicSystem.LOINC, "85354-9"))
        .setSubject(about);
    for (String part : List.of("8480-6", "8462-4")) {
      o.addComponent().setCode(code(p, PublicSystem.LOINC, part)).setValue(quantity(p));
    }
    o.addComponent()
        .setCode(code(p, PublicSystem.LOINC, "8716-3"))
        .setValue(new StringType("told by " + p.name(NARRATIVE)));
    o.addInterpretation(new CodeableConcept().setText(p.name(NARRATIVE)));
    return o;
  }

  private static Condition condition(AnswerKey p, Reference about, Reference by) {
    Condition c = new Condition();
    c.setCode(code(p, PublicSystem.SNOMED, "44054006").setText("of " + p.name(NARRATIVE)))
        .setSubject(about)
        .setRecorder(by);
    c.addIdentifier(identifier(p));
    c.setOnset(new StringType("when " + p.name(NARRATIVE) + " moved"));
    c.addStage().setSummary(new CodeableConcept().setText(p.name(NARRATIVE)));
    return c;
  }

  private static MedicationRequest request(AnswerKey p, Reference about, Reference by) {
    MedicationRequest m = new MedicationRequest();
    m.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE)
        .setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
    m.setMedication(code(p, PublicSystem.RXNORM, "1191")).setSubject(about).setRequester(by);
    Dosage dosage =
        new Dosage().setText("for " + p.name(NARRATIVE)).setPatientInstruction(p.name(NARRATIVE));
    dosage.addDoseAndRate().setDose(quantity(p));
    m.addDosageInstruction(dosage);
    m.setGroupIdentifier(identifier(p));
    return m;
  }

  private static Procedure procedure(AnswerKey p, Reference about, Reference by) {
    Procedure c = new Procedure();
    c.setStatus(Procedure.ProcedureStatus.COMPLETED)
        .setCode(code(p, PublicSystem.SNOMED, "76164006"))
        .setSubject(about);
    c.addPerformer().setActor(by).setOnBehalfOf(new Reference().setDisplay(p.name(STANDARD)));
    c.setLocation(new Reference("Location/" + p.number(STANDARD)).setDisplay(p.name(STANDARD)));
    c.addNote(new Annotation().setText(p.name(NARRATIVE) + " " + p.phone(NARRATIVE)));
    return c;
  }

  private static AllergyIntolerance allergy(AnswerKey p, Reference about, Reference by) {
    AllergyIntolerance a = new AllergyIntolerance();
    a.setCode(code(p, PublicSystem.SNOMED, "91936005")).setPatient(about).setRecorder(by);
    a.addReaction()
        .setDescription(p.name(NARRATIVE))
        .addManifestation(code(p, PublicSystem.SNOMED, "247472004"));
    return a;
  }

  private static DiagnosticReport report(AnswerKey p, Reference about, Reference by) {
    DiagnosticReport r = new DiagnosticReport();
    r.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL)
        .setCode(code(p, PublicSystem.LOINC, "58410-2"))
        .setSubject(about);
    r.addPerformer(by)
        .setConclusion("in " + p.name(NARRATIVE))
        .addConclusionCode(code(p, PublicSystem.ICD, "E11.9"));
    r.addPresentedForm(
        new Attachment()
            .setTitle(p.name(NARRATIVE))
            .setData(p.name(NARRATIVE).getBytes(StandardCharsets.UTF_8)));
    return r;
  }

  private static DocumentReference document(AnswerKey p, Reference about, Reference by) {
    DocumentReference d = new DocumentReference();
    d.setType(code(p, PublicSystem.LOINC, "34117-2"))
        .setSubject(about)
        .addAuthor(by)
        .setDescription(p.name(NARRATIVE));
    d.addContent()
        .getAttachment()
        .setUrl(p.host(NARRATIVE) + "/" + p.number(NARRATIVE))
        .setTitle(p.name(NARRATIVE));
    d.setMasterIdentifier(identifier(p));
    return d;
  }

  private static RelatedPerson relative(AnswerKey p, Reference about) {
    RelatedPerson r = new RelatedPerson();
    r.setPatient(about)
        .addName(name(p))
        .addTelecom(phone(p))
        .addAddress(address(p))
        .addIdentifier(identifier(p));
    return r;
  }

  private static CodeableConcept code(AnswerKey p, PublicSystem system, String code) {
    return new CodeableConcept(
        new Coding(
            system.uri(),
            p.code(system, code),
            p.oneOf("Finding", "Finding of " + p.known(CODE_TEXT))));
  }

  private static Quantity quantity(AnswerKey p) {
    return new Quantity()
        .setValue(new BigDecimal(p.measured()))
        .setUnit("mg")
        .setSystem("http://unitsofmeasure.org")
        .setCode("mg");
  }

  private static HumanName name(AnswerKey p) {
    return new HumanName()
        .setFamily(p.name(STANDARD))
        .addGiven(p.name(STANDARD))
        .addGiven(p.name(REPEATED))
        .setText(p.name(NARRATIVE));
  }

  private static Address address(AnswerKey p) {
    return new Address()
        .addLine(p.street(STANDARD))
        .setCity(p.name(STANDARD))
        .setPostalCode(p.number(STANDARD))
        .setText(p.name(NARRATIVE))
        .setState(p.name(STANDARD))
        .setDistrict(p.name(STANDARD));
  }

  private static ContactPoint phone(AnswerKey p) {
    return new ContactPoint()
        .setSystem(ContactPoint.ContactPointSystem.PHONE)
        .setValue(p.phone(STANDARD));
  }

  private static Identifier identifier(AnswerKey p) {
    Identifier identifier =
        new Identifier().setSystem(p.host(STANDARD) + "/mrn").setValue(p.number(STANDARD));
    identifier.setAssigner(new Reference().setDisplay(p.institution(NESTED)));
    return identifier;
  }

  private static Practitioner contained(AnswerKey p) {
    Practitioner doctor = new Practitioner();
    doctor.setId("c1");
    doctor
        .addName(new HumanName().setFamily(p.name(CONTAINED)).addGiven(p.name(CONTAINED)))
        .addIdentifier(new Identifier().setSystem(p.host(CONTAINED)).setValue(p.number(CONTAINED)))
        .addAddress(new Address().addLine(p.street(CONTAINED)))
        .addTelecom(new ContactPoint().setValue(p.mail(CONTAINED)));
    return doctor;
  }

  private static Immunization immunization(AnswerKey p, Reference about, Reference by) {
    Immunization i = new Immunization();
    i.setStatus(Immunization.ImmunizationStatus.COMPLETED)
        .setVaccineCode(code(p, PublicSystem.CVX, "08"))
        .setPatient(about)
        .setOccurrence(new DateTimeType(p.isoTime(STANDARD) + "Z"));
    i.addPerformer().setActor(by);
    i.setLotNumber(p.device(STANDARD)).setManufacturer(new Reference().setDisplay(p.name(NESTED)));
    i.addNote(new Annotation().setText(p.name(NARRATIVE) + " " + p.mail(NARRATIVE)));
    return i;
  }

  private static Device device(AnswerKey p, Reference about) {
    Device d = new Device();
    d.setSerialNumber(p.device(STANDARD)).setDistinctIdentifier(p.device(STANDARD));
    d.addUdiCarrier().setDeviceIdentifier(p.number(NESTED)).setCarrierHRF(p.device(NESTED));
    d.addIdentifier().setSystem("urn:oid:" + p.oid(STANDARD)).setValue(p.device(REPEATED));
    d.setPatient(about);
    return d;
  }
}
