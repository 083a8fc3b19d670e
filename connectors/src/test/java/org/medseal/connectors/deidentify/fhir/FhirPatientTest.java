package org.medseal.connectors.deidentify.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.RecordUnit;
import org.medseal.connectors.deidentify.UnlistedAuthority;

class FhirPatientTest extends FhirCase {
  @Test
  void aBundleIsSplitPerPatientAndWhatIsAboutNobodyIsLeftOut() {
    String other = PATIENT.replace("'p1'", "'p2'").replace("123-45-6789", "987-65-4321");
    String medication =
        "{'resourceType':'Medication','id':'m1','code':{'coding':[{'system':'http://www.nlm.nih.gov/research/umls/rxnorm','code':'1191'}]}}";
    String request =
        "{'resourceType':'MedicationRequest','id':'r1','status':'active','intent':'order','medicationReference':{'reference':'Medication/m1'},'subject':{'reference':'Patient/p2'}}";
    String organization = "{'resourceType':'Organization','id':'o1','name':'Nordklinik'}";
    Outcome outcome =
        run(STRICT, bundle(PATIENT, OBSERVATION, other, request, medication, organization));
    List<DeidentifiedRecord> records = ((Outcome.Released) outcome).records();
    assertThat(records).hasSize(2);
    assertThat(types(records.get(0))).containsExactly("Patient", "Observation");
    assertThat(types(records.get(1))).containsExactly("Patient", "MedicationRequest", "Medication");
    assertThat(records.get(0).patient()).isNotEqualTo(records.get(1).patient());
    assertThat(records.get(1).report().counts())
        .containsEntry("(resource not of this patient) drop", 3);
  }

  @Test
  void aFeedMayAskForARecordPerEntry() {
    FeedPolicy perEntry =
        new FeedPolicy(
            "lab",
            Optional.empty(),
            UnlistedAuthority.QUARANTINE,
            Optional.empty(),
            Optional.empty(),
            RecordUnit.ENTRY);
    String organization = "{'resourceType':'Organization','id':'o1','name':'Nordklinik'}";
    Outcome outcome = run(perEntry, bundle(OBSERVATION, organization, PATIENT));
    List<DeidentifiedRecord> records = ((Outcome.Released) outcome).records();
    assertThat(records).hasSize(2);
    Patient patient = (Patient) parsed(new String(records.get(0).content(), UTF_8));
    Observation observation = (Observation) parsed(new String(records.get(1).content(), UTF_8));
    assertThat(observation.getSubject().getReference()).endsWith(patient.getIdPart());
    assertThat(records.get(1).patient()).isEqualTo(records.get(0).patient());
  }

  @Test
  void moreRecordsThanAMessageMayMakeAreKeptBack() {
    FeedPolicy perEntry =
        new FeedPolicy(
            "lab",
            Optional.empty(),
            UnlistedAuthority.QUARANTINE,
            Optional.empty(),
            Optional.empty(),
            RecordUnit.ENTRY);
    String[] entries = new String[FhirDeidentifier.MAX_RECORDS + 1];
    java.util.Arrays.fill(entries, CONDITION + ",'subject':{'reference':'Patient/p1'}}");
    entries[0] = PATIENT;
    assertThat(run(perEntry, bundle(entries)))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.TOO_LARGE, "Bundle"));
  }

  @Test
  void aFamilysInsuranceNumberMakesNobodyTheSamePerson() {
    String family = ",{'system':'urn:insurer','value':'F-77'}]";
    String one = PATIENT.replace(SSN + "]", SSN + family);
    String two = one.replace("'p1'", "'p2'").replace("123-45-6789", "987-65-4321");
    assertThat(one).contains("F-77");
    Outcome outcome = run(LOCAL, bundle(one, two));
    List<DeidentifiedRecord> records = ((Outcome.Released) outcome).records();
    assertThat(records).hasSize(2);
    assertThat(records.get(0).patient()).isNotEqualTo(records.get(1).patient());
  }

  @Test
  void theOrderOfPatientAndObservationDoesNotMatter() {
    String patient =
        PATIENT.replace(
            SSN + "]",
            SSN
                + ",{'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203',"
                + "'code':'MR'}]},'system':'urn:medseal:demo:hospital-1','value':'4815162'}]");
    String observation =
        OBSERVATION.replace(
            "{'reference':'Patient/p1','display':'Walburga'}",
            "{'type':'Patient','identifier':{'system':'urn:medseal:demo:hospital-1','value':'4815162'}}");
    DeidentifiedRecord first = DeidFixture.record(run(STRICT, bundle(patient, observation)));
    DeidentifiedRecord last = DeidFixture.record(run(STRICT, bundle(observation, patient)));
    assertThat(last.taggable()).hasSize(1).isEqualTo(first.taggable());
    assertThat(last.patient()).isEqualTo(first.patient());
  }

  @Test
  void referencesInsideARecordStillResolve() {
    Bundle out = (Bundle) parsed(text(STRICT, bundle(PATIENT, OBSERVATION)));
    Patient patient = (Patient) out.getEntry().get(0).getResource();
    Observation observation = (Observation) out.getEntry().get(1).getResource();
    assertThat(observation.getSubject().getReference())
        .isEqualTo(out.getEntry().get(0).getFullUrl());
    assertThat(out.getEntry().get(0).getFullUrl()).isEqualTo("urn:uuid:" + patient.getIdPart());
    assertThat(out.getType()).isEqualTo(Bundle.BundleType.COLLECTION);
    assertThat(patient.getIdentifier()).hasSize(1);
    assertThat(patient.getIdentifierFirstRep().hasSystem()).isFalse();
  }

  @Test
  void urnsAndAbsoluteUrlsAndVersionsNameTheSamePatient() {
    String urn = "urn:uuid:0b3a1c1e-95a4-4a6e-9f0c-0d3a6c6f8a11";
    String entry =
        "{'resourceType':'Bundle','type':'transaction','entry':[{'fullUrl':'"
            + urn
            + "','resource':"
            + PATIENT.replace("'id':'p1',", "")
            + "},{'resource':"
            + OBSERVATION.replace("Patient/p1", urn)
            + "}]}";
    assertThat(types(DeidFixture.record(run(STRICT, entry))))
        .containsExactly("Patient", "Observation");
    String base = "http://ehr.nordklinik.example/fhir/";
    String absolute =
        "{'resourceType':'Bundle','type':'searchset','entry':[{'fullUrl':'"
            + base
            + "Patient/p1','resource':"
            + PATIENT
            + "},{'fullUrl':'"
            + base
            + "Observation/o7','resource':"
            + OBSERVATION
            + "},{'fullUrl':'"
            + base
            + "Observation/o8','resource':"
            + OBSERVATION
                .replace("'o7'", "'o8'")
                .replace("Patient/p1", base + "Patient/p1/_history/3")
            + "}]}";
    DeidentifiedRecord record = DeidFixture.record(run(STRICT, absolute));
    assertThat(types(record)).containsExactly("Patient", "Observation", "Observation");
    assertThat(new String(record.content(), StandardCharsets.UTF_8)).doesNotContain("nordklinik");
  }

  @Test
  void aLiteralReferenceIsALocalIdentifierWhenNothingBetterIsThere() {
    FeedPolicy feed =
        new FeedPolicy(
            "ehr",
            Optional.empty(),
            UnlistedAuthority.QUARANTINE,
            Optional.empty(),
            Optional.of("http://ehr.example/fhir/"));
    DeidentifiedRecord record = DeidFixture.record(run(feed, OBSERVATION));
    assertThat(record.identifiers()).hasSize(1);
    assertThat(record.identifiers().get(0).authority()).isEqualTo("http://ehr.example/fhir");
    assertThat(record.taggable()).isEmpty();
    assertThat(DeidFixture.record(run(STRICT, OBSERVATION)).identifiers().get(0).authority())
        .isEqualTo("urn:medseal:feed:lab");
    String text = DeidFixture.text(run(feed, OBSERVATION));
    assertThat(((Observation) parsed(text)).getSubject().getIdentifier().getValue()).hasSize(64);
  }

  @Test
  void anUnlistedAuthorityIsQuarantinedUnlessTheFeedTakesItAsLocal() {
    String patient =
        PATIENT.replace("http://hl7.org/fhir/sid/us-ssn", "http://nordklinik.example/mrn");
    assertThat(run(STRICT, patient))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.UNKNOWN_AUTHORITY, "Patient.identifier"));
    assertThat(DeidFixture.record(run(LOCAL, patient)).identifiers().get(0).authority())
        .isEqualTo("http://nordklinik.example/mrn");
  }

  @Test
  void nationalNumbersAreTaggableAndEqualToThoseOfHl7() {
    DeidentifiedRecord fhir = DeidFixture.record(run(STRICT, PATIENT));
    byte[] hl7 =
        "MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|1||123456789^^^USSSA^SS"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(fhir.taggable()).hasSize(1);
    assertThat(
            DeidFixture.record(DeidFixture.shipped(Format.HL7V2).deidentify(hl7, STRICT))
                .taggable())
        .isEqualTo(fhir.taggable());
  }

  @Test
  void whatIsAboutNoPatientIsNoRecord() {
    assertThat(run(STRICT, "{'resourceType':'ValueSet','status':'active'}"))
        .isEqualTo(new Outcome.NotARecord("ValueSet"));
    assertThat(run(STRICT, "{'resourceType':'Bundle','type':'batch'}"))
        .isEqualTo(new Outcome.NotARecord("Bundle"));
  }

  private static final String CONDITION =
      "{'resourceType':'Condition','id':'c1','code':{'coding':[{'system':'http://snomed.info/sct','code':'73211009'}]}";

  private static final String STAY =
      "{'resourceType':'Encounter','id':'e1','status':'finished','class':{'code':'AMB'}";

  @ParameterizedTest
  @ValueSource(strings = {"", ",'subject':{'display':'Walburga'}"})
  void whatNamesNobodyIsNotLostBesideAPatient(String subject) {
    assertThat(run(STRICT, bundle(PATIENT, CONDITION + subject + "}")))
        .isEqualTo(
            new Outcome.Quarantined(
                QuarantineReason.NO_PATIENT_IDENTIFIER,
                "Bundle.entry[1].resource Condition.subject"));
  }

  @Test
  void aResultOfAStayGoesWithTheStaysPatient() {
    String stay = STAY + ",'subject':{'reference':'Patient/p1'}}";
    String result =
        OBSERVATION.replace(
            "'subject':{'reference':'Patient/p1','display':'Walburga'}",
            "'encounter':{'reference':'Encounter/e1'}");
    Outcome outcome = run(STRICT, bundle(PATIENT, result, stay));
    assertThat(types(DeidFixture.record(outcome)))
        .containsExactly("Patient", "Observation", "Encounter");
    assertThat(run(STRICT, bundle(PATIENT, result)))
        .isEqualTo(
            new Outcome.Quarantined(
                QuarantineReason.NO_PATIENT_IDENTIFIER,
                "Bundle.entry[1].resource Observation.subject"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Observation", "DiagnosticReport", "Encounter", "DocumentReference"})
  void aForgottenPatientIsKeptBack(String type) {
    assertThat(run(LOCAL, "{'resourceType':'" + type + "','id':'x1'}"))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, type + ".subject"));
  }

  @Test
  void aResultThatAReportNamesGoesWithTheReport() {
    String result =
        OBSERVATION.replace("'subject':{'reference':'Patient/p1','display':'Walburga'},", "");
    String report =
        "{'resourceType':'DiagnosticReport','id':'d1','status':'final','code':{'coding':[{'system':'http://loinc.org','code':'2345-7'}]},'subject':{'reference':'Patient/p1'},'result':[{'reference':'Observation/o7'}]}";
    assertThat(types(DeidFixture.record(run(STRICT, bundle(PATIENT, result, report)))))
        .containsExactly("Patient", "DiagnosticReport", "Observation");
  }

  @Test
  void aResultOfAPlaceIsAboutNobody() {
    String result = OBSERVATION.replace("Patient/p1", "Location/l1");
    assertThat(run(LOCAL, result)).isEqualTo(new Outcome.NotARecord("Observation"));
  }

  @Test
  void aPatientWithNothingToGoByIsQuarantined() {
    assertThat(run(LOCAL, "{'resourceType':'Patient','gender':'male'}"))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "Patient.identifier"));
  }

  private static List<String> types(DeidentifiedRecord record) {
    Bundle bundle = (Bundle) parsed(new String(record.content(), StandardCharsets.UTF_8));
    return bundle.getEntry().stream().map(e -> e.getResource().fhirType()).toList();
  }
}
