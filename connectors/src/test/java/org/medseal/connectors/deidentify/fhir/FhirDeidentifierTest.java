package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;

class FhirDeidentifierTest extends FhirCase {
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
  void agesFromNinetyAmongTheObservationsAreOneGroup() {
    for (String code :
        new String[] {
          "30525-0",
          "21611-9",
          "21612-7",
          "29553-5",
          "35659-2",
          "63900-5",
          "30972-4",
          "397669002",
          "424144002"
        }) {
      String age =
          OBSERVATION
              .replace("'2345-7','display':'Glucose'", "'" + code + "'")
              .replace(
                  "{'value':5.43,'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}",
                  "{'value':97,'unit':'a','system':'http://unitsofmeasure.org','code':'a'}");
      assertThat(text(STRICT, bundle(PATIENT, age)))
          .as(code)
          .contains("\"value\":90")
          .doesNotContain("\"value\":97");
    }
  }

  @Test
  void localCodesOfTwoPatientsDoNotLinkThem() {
    String local = OBSERVATION.replace("http://loinc.org", "urn:lab");
    String code = code(text(STRICT, bundle(PATIENT, local)));
    assertThat(code).matches("[0-9a-f]{32}");
    assertThat(code(text(STRICT, bundle(PATIENT.replace("123-45-6789", "987-65-4321"), local))))
        .isNotEqualTo(code);
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
  void textsOfCodedResultsFollowTheVocabulary() {
    String coded =
        OBSERVATION.replaceAll(
            "'valueQuantity':.*",
            "'valueCodeableConcept':{'coding':[{'system':'urn:lab','code':'N','display':'%s'}],"
                + "'text':'%s'}}");
    String kept = text(STRICT, bundle(PATIENT, String.format(coded, "Negative", "NEGATIVE")));
    assertThat(kept).contains("\"display\":\"Negative\"", "\"text\":\"NEGATIVE\"");
    assertThat(text(STRICT, bundle(PATIENT, String.format(coded, "told Otto", "told Otto"))))
        .doesNotContain("Otto")
        .doesNotContain("Zucker");
    String amber = PATIENT.replace("Walburga", "Amber");
    assertThat(text(STRICT, bundle(amber, String.format(coded, "Amber", "Amber"))))
        .doesNotContain("Amber");
    assertThat(
            text(STRICT, bundle(amber, coded.replaceAll("'valueCode.*", "'valueString':'Amber'}"))))
        .doesNotContain("Amber");
  }

  @Test
  void sequencesOfTheNcbiAreNamedInTheRecord() {
    String sequence =
        "{'resourceType':'MolecularSequence','coordinateSystem':0,'patient':{'reference':'Patient/p1'},"
            + "'referenceSeq':{'referenceSeqId':{'coding':[{'system':'http://www.ncbi.nlm.nih.gov/nuccore',"
            + "'code':'NC_000009.11'}]},'windowStart':101488058,'windowEnd':2147483647}}";
    assertThat(text(STRICT, bundle(PATIENT, sequence)))
        .contains("NC_000009.11", "101488058")
        .doesNotContain("2147483647");
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
  void brokenResourcesAndOtherVersionsAreToldApart() {
    assertThat(run(STRICT, "{'resourceType':'Patient','birthDate':'yesterday'}"))
        .isEqualTo(unparsable());
    assertThat(run(STRICT, "{'resourceType':'Patient','nickname':'x'}")).isEqualTo(unparsable());
    assertThat(run(STRICT, "{'resourceType':'Patient'")).isEqualTo(unparsable());
    assertThat(run(STRICT, "")).isEqualTo(unparsable());
    // The parser itself throws what nobody expects of it.
    assertThat(run(STRICT, "{'resourceType':'Patient','extension':[{'extension':['x']}]}"))
        .isEqualTo(unparsable());
    assertThat(run(STRICT, "{'resourceType':'Patient','extension':[null]}"))
        .isEqualTo(unparsable());
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
}
