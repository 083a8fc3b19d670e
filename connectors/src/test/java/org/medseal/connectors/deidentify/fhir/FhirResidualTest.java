package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;

class FhirResidualTest extends FhirCase {
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
  void identityThatCannotBeDroppedIsQuarantinedWithItsPath() {
    String patient = PATIENT.replace(SSN, SSN + ",{'value':'4815162'}");
    String leak = OBSERVATION.replace("'value':5.43", "'value':4815162");
    Outcome outcome = run(STRICT, bundle(patient, leak));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Quarantined(
                QuarantineReason.RESIDUAL_IDENTITY,
                "Bundle.entry[1].resource.valueQuantity.value"));
  }

  @Test
  void aResourceNamedByItsCodeIsNoReasonToKeepTheCodeBack() {
    String weight = OBSERVATION.replace("'o7'", "'29463-7'").replace("2345-7", "29463-7");
    assertThat(text(STRICT, bundle(PATIENT, weight)))
        .contains("\"code\":\"29463-7\"")
        .doesNotContain("\"id\":\"29463-7\"");
    String patient = PATIENT.replace("'p1'", "'29463-7'");
    assertThat(run(STRICT, bundle(patient, weight.replace("Patient/p1", "Patient/29463-7"))))
        .isInstanceOf(Outcome.Quarantined.class);
  }

  @Test
  void theSexInADisplayIsNoName() {
    String history =
        "{'resourceType':'FamilyMemberHistory','status':'completed','patient':{'reference':'Patient/p1',"
            + "'display':'Walburga Testperson, female, born 1958'},'relationship':{'coding':[{'system':"
            + "'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':'MTH'}]},'sex':{'coding':["
            + "{'system':'http://hl7.org/fhir/administrative-gender','code':'female'}]}}";
    assertThat(text(STRICT, bundle(PATIENT, history)))
        .contains("MTH", "administrative-gender")
        .doesNotContain("Testperson", "born");
  }

  @Test
  void aDisplayThatNamesSomebodyIsDropped() {
    String text =
        text(STRICT, bundle(PATIENT, OBSERVATION.replace("'Glucose'", "'Glucose of Testperson'")));
    assertThat(text).contains("2345-7").doesNotContain("Glucose");
  }
}
