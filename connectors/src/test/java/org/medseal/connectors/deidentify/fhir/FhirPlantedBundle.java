package org.medseal.connectors.deidentify.fhir;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.StringType;
import org.medseal.connectors.deidentify.Planted;

/** A Bundle with invented identities in the places where FHIR has room for them. */
final class FhirPlantedBundle {
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String LOINC = "http://loinc.org";

  private FhirPlantedBundle() {}

  static Bundle bundle(Planted p) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.TRANSACTION);
    String host = "http://" + p.name() + ".example/fhir/";
    Patient patient = patient(p);
    patient.setId(p.secret("Xq" + p.number(8)));
    Practitioner doctor = new Practitioner();
    doctor.setId("d" + p.number(8));
    doctor.addName(PlantedTypes.name(p));
    doctor.addIdentifier(PlantedTypes.identifier(p));
    Organization hospital = new Organization();
    hospital.setId("o" + p.number(8));
    hospital.setName(p.name() + " Hospital").addAddress(PlantedTypes.address(p));
    Location ward = new Location();
    ward.setId("l" + p.number(8));
    ward.setName("Ward " + p.name());
    Reference about = new Reference("Patient/" + patient.getIdPart()).setDisplay(p.name());
    Reference by = new Reference("Practitioner/" + doctor.getIdPart()).setDisplay("Dr " + p.name());
    Reference at = new Reference("Organization/" + hospital.getIdPart()).setDisplay(p.name());
    Encounter encounter = encounter(p, about, by, at, ward);
    for (DomainResource resource :
        List.of(
            patient,
            doctor,
            hospital,
            ward,
            encounter,
            observation(p, about, by, doctor),
            panel(p, about),
            condition(p, about, by),
            request(p, about, by),
            procedure(p, about, by),
            allergy(p, about, by),
            report(p, about, by),
            document(p, about, by),
            relative(p, about))) {
      decorate(p, resource);
      bundle
          .addEntry()
          .setFullUrl(host + resource.fhirType() + "/" + resource.getIdPart())
          .setResource(resource);
    }
    return bundle;
  }

  private static void decorate(Planted p, DomainResource resource) {
    if (resource.getIdPart() == null) {
      resource.setId("x" + p.number(9));
    }
    resource
        .getText()
        .setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + p.name() + "</div>");
    resource.getText().setStatusAsString("generated");
    Extension nested = new Extension("http://" + p.name() + ".example/a");
    nested.addExtension(
        new Extension("http://" + p.name() + ".example/b", new StringType(p.name())));
    resource.addExtension(nested);
    resource
        .getMeta()
        .setSource("http://" + p.name() + ".example")
        .addProfile("http://" + p.name() + ".example/p");
    resource
        .getMeta()
        .addTag()
        .setSystem("http://" + p.name() + ".example")
        .setCode(p.name())
        .setDisplay(p.name());
  }

  private static Patient patient(Planted p) {
    Patient patient = new Patient();
    patient.addIdentifier(PlantedTypes.identifier(p)).addIdentifier(PlantedTypes.identifier(p));
    patient.addIdentifier().setSystem("http://hl7.org/fhir/sid/us-ssn").setValue(p.number(9));
    patient
        .addName(PlantedTypes.name(p).setFamily(p.patient()))
        .addName(new HumanName().setText(p.han()));
    patient
        .addTelecom(PlantedTypes.phone(p))
        .addAddress(PlantedTypes.address(p))
        .setGender(AdministrativeGender.FEMALE);
    String birth = p.birthDate();
    patient.setBirthDateElement(
        new org.hl7.fhir.r4.model.DateType(
            p.secret(
                birth.substring(0, 4) + "-" + birth.substring(4, 6) + "-" + birth.substring(6))));
    patient
        .getBirthDateElement()
        .addExtension(
            new Extension(
                "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                new StringType(p.name())));
    patient
        .addContact()
        .setName(PlantedTypes.name(p))
        .addTelecom(PlantedTypes.phone(p))
        .setAddress(PlantedTypes.address(p));
    patient.addPhoto(new Attachment().setTitle(p.name()).setUrl("http://" + p.name() + ".example"));
    patient.getMaritalStatus().setText(p.name());
    return patient;
  }

  private static Encounter encounter(
      Planted p, Reference about, Reference by, Reference at, Location ward) {
    Encounter encounter = new Encounter();
    encounter
        .setStatus(Encounter.EncounterStatus.FINISHED)
        .setSubject(about)
        .addIdentifier(PlantedTypes.identifier(p));
    encounter
        .getClass_()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .setCode(p.clinical("AMB"));
    encounter.addType(PlantedTypes.code(p, SNOMED, "410620009"));
    encounter.addParticipant().setIndividual(by);
    encounter
        .setServiceProvider(at)
        .addLocation()
        .setLocation(new Reference("Location/" + ward.getIdPart()).setDisplay(p.name()));
    encounter.getPeriod().setStartElement(new DateTimeType("2024-01-10T08:00:00+08:00"));
    return encounter;
  }

  private static Observation observation(
      Planted p, Reference about, Reference by, Practitioner doctor) {
    Observation o = new Observation();
    o.setStatus(Observation.ObservationStatus.FINAL)
        .setCode(PlantedTypes.code(p, LOINC, "2345-7"))
        .setSubject(about)
        .addPerformer(by);
    o.getCode().addCoding(new Coding("http://" + p.name() + ".example/local", p.name(), p.name()));
    o.setValue(PlantedTypes.quantity(p)).setEffective(new DateTimeType("2024-01-10"));
    o.addNote(new Annotation().setText(p.name()).setAuthor(new StringType(p.name())));
    o.addContained(doctor.copy().setIdElement(new org.hl7.fhir.r4.model.IdType("c1")));
    o.addPerformer(new Reference("#c1"));
    o.addReferenceRange().setText("usual for " + p.name());
    o.setDevice(new Reference("Device/" + p.number(9)).setDisplay(p.name()));
    return o;
  }

  private static Observation panel(Planted p, Reference about) {
    Observation o = new Observation();
    o.setStatus(Observation.ObservationStatus.FINAL)
        .setCode(PlantedTypes.code(p, LOINC, "85354-9"))
        .setSubject(about);
    for (String part : List.of("8480-6", "8462-4")) {
      o.addComponent()
          .setCode(PlantedTypes.code(p, LOINC, part))
          .setValue(PlantedTypes.quantity(p));
    }
    o.addComponent()
        .setCode(PlantedTypes.code(p, LOINC, "8716-3"))
        .setValue(new StringType("told by " + p.name()));
    o.addInterpretation(new CodeableConcept().setText(p.name()));
    return o;
  }

  private static Condition condition(Planted p, Reference about, Reference by) {
    Condition c = new Condition();
    c.setCode(PlantedTypes.code(p, SNOMED, "44054006").setText("of " + p.name()))
        .setSubject(about)
        .setRecorder(by);
    c.addIdentifier(PlantedTypes.identifier(p));
    c.setOnset(new StringType("when " + p.name() + " moved"));
    c.addStage().setSummary(new CodeableConcept().setText(p.name()));
    return c;
  }

  private static MedicationRequest request(Planted p, Reference about, Reference by) {
    MedicationRequest m = new MedicationRequest();
    m.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE)
        .setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
    m.setMedication(PlantedTypes.code(p, "http://www.nlm.nih.gov/research/umls/rxnorm", "1191"))
        .setSubject(about)
        .setRequester(by);
    Dosage dosage = new Dosage().setText("for " + p.name()).setPatientInstruction(p.name());
    dosage.addDoseAndRate().setDose(PlantedTypes.quantity(p));
    m.addDosageInstruction(dosage);
    m.setGroupIdentifier(PlantedTypes.identifier(p));
    return m;
  }

  private static Procedure procedure(Planted p, Reference about, Reference by) {
    Procedure c = new Procedure();
    c.setStatus(Procedure.ProcedureStatus.COMPLETED)
        .setCode(PlantedTypes.code(p, SNOMED, "76164006"))
        .setSubject(about);
    c.addPerformer().setActor(by).setOnBehalfOf(new Reference().setDisplay(p.name()));
    c.setLocation(new Reference("Location/" + p.number(8)).setDisplay(p.name()));
    c.addNote(new Annotation().setText(p.name() + " " + p.phone()));
    return c;
  }

  private static AllergyIntolerance allergy(Planted p, Reference about, Reference by) {
    AllergyIntolerance a = new AllergyIntolerance();
    a.setCode(PlantedTypes.code(p, SNOMED, "91936005")).setPatient(about).setRecorder(by);
    a.addReaction()
        .setDescription(p.name())
        .addManifestation(PlantedTypes.code(p, SNOMED, "247472004"));
    return a;
  }

  private static DiagnosticReport report(Planted p, Reference about, Reference by) {
    DiagnosticReport r = new DiagnosticReport();
    r.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL)
        .setCode(PlantedTypes.code(p, LOINC, "58410-2"))
        .setSubject(about);
    r.addPerformer(by)
        .setConclusion("in " + p.name())
        .addConclusionCode(PlantedTypes.code(p, "http://hl7.org/fhir/sid/icd-10", "E11.9"));
    r.addPresentedForm(
        new Attachment().setTitle(p.name()).setData(p.name().getBytes(StandardCharsets.UTF_8)));
    return r;
  }

  private static DocumentReference document(Planted p, Reference about, Reference by) {
    DocumentReference d = new DocumentReference();
    d.setType(PlantedTypes.code(p, LOINC, "34117-2"))
        .setSubject(about)
        .addAuthor(by)
        .setDescription(p.name());
    d.addContent()
        .getAttachment()
        .setUrl("http://" + p.name() + ".example/" + p.number(9))
        .setTitle(p.name());
    d.setMasterIdentifier(PlantedTypes.identifier(p));
    return d;
  }

  private static RelatedPerson relative(Planted p, Reference about) {
    RelatedPerson r = new RelatedPerson();
    r.setPatient(about)
        .addName(PlantedTypes.name(p))
        .addTelecom(PlantedTypes.phone(p))
        .addAddress(PlantedTypes.address(p))
        .addIdentifier(PlantedTypes.identifier(p));
    return r;
  }
}
