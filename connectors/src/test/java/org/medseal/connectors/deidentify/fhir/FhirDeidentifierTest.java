package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;

class FhirDeidentifierTest {

  private static final String SSN =
      "{'system':'http://hl7.org/fhir/sid/us-ssn','value':'123-45-6789'}";
  private static final String PATIENT =
      "{'resourceType':'Patient','id':'p1','identifier':["
          + SSN
          + "],'name':[{'family':'Testperson',"
          + "'given':['Walburga']}],'birthDate':'1958-09-12','gender':'female','address':[{'line':['12"
          + " Lindenweg'],'city':'Musterstadt','country':'DE'}],'managingOrganization':{'reference':'Organization/o1'}}";
  private static final String OBSERVATION =
      "{'resourceType':'Observation','id':'o7','status':'final','code':{'coding':[{'system':'http://loinc.org',"
          + "'code':'2345-7','display':'Glucose'}],'text':'Zucker'},'subject':{'reference':'Patient/p1','display':'Walburga'},"
          + "'effectiveDateTime':'2024-01-10T11:30:00+08:00','performer':[{'reference':'Practitioner/d1','display':'Dr Stein'}],"
          + "'valueQuantity':{'value':5.43,'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}}";

  private final Deidentifier shipped = DeidFixture.shipped(Format.FHIR);

  @Test
  void anObservationKeepsItsValueAndLosesItsPeople() {
    String text = text(STRICT, bundle(PATIENT, OBSERVATION));
    assertThat(text)
        .contains(
            "\"value\":5.43",
            "mmol/L",
            "2345-7",
            "\"display\":\"Glucose\"",
            "\"birthDate\":\"1958\"",
            "\"gender\":\"female\"")
        .doesNotContain(
            "Testperson",
            "Walburga",
            "Lindenweg",
            "Musterstadt",
            "\"DE\"",
            "Zucker",
            "Stein",
            "123-45",
            "p1\"",
            "o7",
            "Organization",
            "Practitioner",
            "+08:00",
            "us-ssn");
  }

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
  void aSearchForSomebodyElseIsNoReferenceToThePatient() {
    String search =
        "'performer':[{'reference':'Patient?identifier=http://hl7.org/fhir/sid/us-ssn|%s'}]";
    String performer = "'performer':[{'reference':'Practitioner/d1','display':'Dr Stein'}]";
    String other = OBSERVATION.replace(performer, String.format(search, "987-65-4321"));
    String same = OBSERVATION.replace(performer, String.format(search, "123456789"));
    assertThat(text(STRICT, bundle(PATIENT, other))).doesNotContain("performer");
    assertThat(text(STRICT, bundle(PATIENT, same))).contains("performer");
  }

  @Test
  void agesFromNinetyAmongTheObservationsAreOneGroup() {
    String age =
        OBSERVATION
            .replace("'2345-7','display':'Glucose'", "'30525-0'")
            .replace(
                "{'value':5.43,'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}",
                "{'value':97,'unit':'a','system':'http://unitsofmeasure.org','code':'a'}");
    assertThat(text(STRICT, bundle(PATIENT, age)))
        .contains("\"value\":90")
        .doesNotContain("\"value\":97");
  }

  @Test
  void namesInUnknownReferencesAndExtensionsAreLookedFor() {
    String maiden =
        PATIENT.replace(
            "'gender'",
            "'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName',"
                + "'valueString':'Oberwald'}],'gender'");
    String obs = OBSERVATION.replace("'display':'Glucose'", "'display':'Glucose Oberwald'");
    assertThat(text(STRICT, bundle(maiden, obs))).doesNotContain("Oberwald");
    String unknown =
        OBSERVATION
            .replace("'reference':'Practitioner/d1',", "")
            .replace("Dr Stein", "Kiesling")
            .replace("'display':'Glucose'", "'display':'Glucose Kiesling'");
    assertThat(text(STRICT, bundle(PATIENT, unknown))).doesNotContain("Kiesling");
  }

  @Test
  void localCodesOfTwoPatientsDoNotLinkThem() {
    String local = OBSERVATION.replace("http://loinc.org", "urn:lab");
    String code = code(text(STRICT, bundle(PATIENT, local)));
    assertThat(code).matches("[0-9a-f]{32}");
    assertThat(code(text(STRICT, bundle(PATIENT.replace("123-45-6789", "987-65-4321"), local))))
        .isNotEqualTo(code);
  }

  private static String code(String json) {
    Observation observation = (Observation) ((Bundle) parsed(json)).getEntry().get(1).getResource();
    return observation.getCode().getCodingFirstRep().getCode();
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
  void datesKeepTheirIntervalsWithinAPatient() {
    String second = OBSERVATION.replace("'o7'", "'o8'").replace("2024-01-10", "2024-03-10");
    Bundle out = (Bundle) parsed(text(STRICT, bundle(PATIENT, OBSERVATION, second)));
    Instant first = effective(out, 1);
    assertThat(Duration.between(first, effective(out, 2))).isEqualTo(Duration.ofDays(60));
    assertThat(text(STRICT, bundle(PATIENT, OBSERVATION)))
        .contains("T11:30:00Z")
        .doesNotContain("2024-01-10");
  }

  private static Instant effective(Bundle bundle, int entry) {
    Observation observation = (Observation) bundle.getEntry().get(entry).getResource();
    return Instant.parse(observation.getEffectiveDateTimeType().getValueAsString());
  }

  @Test
  void extensionsNarrativeNotesAndAttachmentsAreDropped() {
    String rich =
        OBSERVATION.replace(
            "'status'",
            "'text':{'status':'generated','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'>Narrativo</div>'},'extension':[{'url':'http://x.example/e','valueString':'Extensio'}],'note':[{'text':'Annotatio'}],'status'"
                .replace("\\'", "\\\""));
    String text =
        text(
            STRICT,
            bundle(
                PATIENT,
                rich.replace(
                    "'value':5.43",
                    "'value':5.43,'extension':[{'url':'http://x.example/f','valueCode':'nested'}]")));
    assertThat(text)
        .contains("5.43")
        .doesNotContain("Narrativo", "Extensio", "Annotatio", "x.example", "nested");
  }

  @Test
  void containedResourcesAreWalkedOrDropped() {
    String contained =
        OBSERVATION
            .replace(
                "'status'",
                "'contained':[{'resourceType':'Specimen','id':'s1','type':{'coding':[{'system':'http://snomed.info/sct','code':'119297000'}]},'note':[{'text':'Geheimnis'}]},{'resourceType':'Practitioner','id':'d9','name':[{'family':'Geheimrat'}]}],'specimen':{'reference':'#s1'},'status'")
            .replace("Practitioner/d1", "#d9");
    Bundle out = (Bundle) parsed(text(STRICT, bundle(PATIENT, contained)));
    Observation observation = (Observation) out.getEntry().get(1).getResource();
    assertThat(observation.getContained()).hasSize(1);
    assertThat(observation.getSpecimen().getReference())
        .isEqualTo("#" + observation.getContained().get(0).getIdPart().replace("#", ""));
    assertThat(observation.getPerformer()).isEmpty();
    assertThat(text(STRICT, bundle(PATIENT, contained)))
        .contains("119297000")
        .doesNotContain("Geheim");
  }

  @Test
  void localCodesAreKeyedAndTextResultsFollowTheVocabulary() {
    String local =
        OBSERVATION
            .replace("http://loinc.org", "http://nordklinik.example/codes")
            .replaceAll("'valueQuantity':.*", "'valueString':'Positive'}");
    String text = text(STRICT, bundle(PATIENT, local));
    assertThat(text)
        .contains("\"valueString\":\"Positive\"")
        .doesNotContain("nordklinik", "2345-7", "Glucose");
    assertThat(text(STRICT, bundle(PATIENT, local.replace("Positive", "as told by phone"))))
        .doesNotContain("phone");
  }

  @Test
  void anUnknownModifierIsNeverDroppedSilently() {
    String modified =
        OBSERVATION.replace(
            "'status'",
            "'modifierExtension':[{'url':'http://x.example/negated','valueBoolean':true}],'status'");
    assertThat(run(STRICT, modified))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.RULE_ERROR, "Observation.modifierExtension"));
  }

  @Test
  void identityThatCannotBeDroppedIsQuarantinedWithItsPath() {
    String leak = OBSERVATION.replace("'value':5.43", "'value':123456789");
    Outcome outcome = run(STRICT, bundle(PATIENT, leak));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Quarantined(
                QuarantineReason.RESIDUAL_IDENTITY,
                "Bundle.entry[1].resource.valueQuantity.value"));
  }

  @Test
  void aDisplayThatNamesSomebodyIsDropped() {
    String text =
        text(STRICT, bundle(PATIENT, OBSERVATION.replace("'Glucose'", "'Glucose of Testperson'")));
    assertThat(text).contains("2345-7").doesNotContain("Glucose");
  }

  @Test
  void whatIsAboutNoPatientIsNoRecord() {
    assertThat(run(STRICT, "{'resourceType':'ValueSet','status':'active'}"))
        .isEqualTo(new Outcome.NotARecord("ValueSet"));
    assertThat(run(STRICT, "{'resourceType':'Bundle','type':'batch'}"))
        .isEqualTo(new Outcome.NotARecord("Bundle"));
  }

  @Test
  void brokenResourcesAndOtherVersionsAreToldApart() {
    assertThat(run(STRICT, "{'resourceType':'Patient','birthDate':'yesterday'}"))
        .isEqualTo(unparsable());
    assertThat(run(STRICT, "{'resourceType':'Patient','nickname':'x'}")).isEqualTo(unparsable());
    assertThat(run(STRICT, "{'resourceType':'Patient'")).isEqualTo(unparsable());
    assertThat(run(STRICT, "")).isEqualTo(unparsable());
    assertThat(run(STRICT, "<Patient xmlns='http://hl7.org/fhir'><name></Patient>"))
        .isEqualTo(unparsable());
    assertThat(run(STRICT, "{'resourceType':'MedicationOrder','status':'active'}"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNSUPPORTED_VERSION, "resource"));
    assertThat(
            run(
                STRICT,
                "{'resourceType':'Patient','meta':{'profile':['http://hl7.org/fhir/5.0/StructureDefinition/Patient']}}"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNSUPPORTED_VERSION, "resource"));
    byte[] latin =
        PATIENT
            .replace("Testperson", "Müller")
            .replace('\'', '"')
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(shipped.deidentify(latin, STRICT))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_CHARSET, "resource"));
  }

  private static Outcome unparsable() {
    return new Outcome.Quarantined(QuarantineReason.UNPARSABLE, "resource");
  }

  @Test
  void aPatientWithNothingToGoByIsQuarantined() {
    assertThat(run(LOCAL, "{'resourceType':'Patient','gender':'male'}"))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "Patient.identifier"));
  }

  private Outcome run(FeedPolicy policy, String json) {
    return shipped.deidentify(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), policy);
  }

  private String text(FeedPolicy policy, String json) {
    return DeidFixture.text(run(policy, json));
  }

  private static Resource parsed(String json) {
    return (Resource) FhirParsing.R4.newJsonParser().parseResource(json);
  }

  private static List<String> types(DeidentifiedRecord record) {
    Bundle bundle = (Bundle) parsed(new String(record.content(), StandardCharsets.UTF_8));
    return bundle.getEntry().stream().map(e -> e.getResource().fhirType()).toList();
  }

  private static String bundle(String... resources) {
    StringBuilder out = new StringBuilder("{'resourceType':'Bundle','type':'collection','entry':[");
    for (int i = 0; i < resources.length; i++) {
      out.append(i == 0 ? "" : ",").append("{'resource':").append(resources[i]).append('}');
    }
    return out.append("]}").toString();
  }
}
