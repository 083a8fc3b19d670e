package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;

/** What conforming senders do differently, and what no conforming sender does. */
class FhirVariantsTest extends FhirCase {
  private static final String BODY =
      "<status value=\"final\"/><code><coding><system value=\"http://loinc.org\"/>"
          + "<code value=\"2345-7\"/></coding></code><subject><reference value=\"Patient/p1\"/></subject>"
          + "<valueQuantity><value value=\"1.00\"/></valueQuantity>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document",
        "message",
        "collection",
        "searchset",
        "history",
        "transaction",
        "batch"
      })
  void everyTypeOfBundleGivesThePatientsRecord(String type) {
    String others =
        ",{'resource':{'resourceType':'MessageHeader','eventUri':'http://x.example','source':{'endpoint':'http://rosenklinik.example'}},"
            + "'request':{'method':'PUT','url':'MessageHeader/1','ifMatch':'W/3'},'response':{'status':'200','location':'Patient/p1/_history/1'},"
            + "'search':{'mode':'match'}},{'request':{'method':'DELETE','url':'Patient/gone'}}]}";
    String json =
        bundle(PATIENT, OBSERVATION)
            .replace("'collection'", "'" + type + "'")
            .replaceFirst("]}$", others);
    assertThat(text(LOCAL, json))
        .contains("2345-7", "\"collection\"")
        .doesNotContain("rosenklinik", "gone");
  }

  @Test
  void twoVersionsOfOneResourceInAHistoryAreBothKept() {
    String json =
        bundle(PATIENT, OBSERVATION, OBSERVATION.replace("5.43", "5.44"))
            .replace("collection", "history");
    assertThat(text(LOCAL, json)).contains("5.43", "5.44");
  }

  @Test
  void whatWasEnteredInErrorSaysSoInTheRecord() {
    assertThat(text(LOCAL, OBSERVATION.replace("'final'", "'entered-in-error'")))
        .contains("entered-in-error");
  }

  @Test
  void aContainedPatientWithoutNumberIsKnownByItsPlace() {
    String json =
        "{'resourceType':'Claim','id':'cl1','status':'active','contained':[{'resourceType':'Patient','id':'p','name':[{'family':'Testperson'}],"
            + "'birthDate':'1958-09-12'}],'patient':{'reference':'#p'}}";
    assertThat(DeidFixture.record(run(LOCAL, json)).identifiers().get(0).id())
        .isEqualTo("CLAIM/CL1#P");
    assertThat(text(LOCAL, json)).doesNotContain("Testperson", "1958-09");
    assertThat(run(LOCAL, json.replace("'id':'cl1',", "")))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "Claim.patient"));
  }

  @Test
  void aSubjectWithNothingButANameIsKeptBackAndAGroupIsNobody() {
    String reference = "{'reference':'Patient/p1','display':'Walburga'}";
    assertThat(run(LOCAL, OBSERVATION.replace(reference, "{'display':'Walburga'}")))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "Observation.subject"));
    assertThat(run(LOCAL, OBSERVATION.replace(reference, "{'reference':'Group/g1'}")))
        .isEqualTo(new Outcome.NotARecord("Observation"));
    assertThat(run(LOCAL, "{'resourceType':'Condition','id':'c1'}"))
        .isEqualTo(
            new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "Condition.subject"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16BE", "UTF-16LE", "GB18030"})
  void xmlIsReadInTheEncodingItDeclaresOrBegins(String encoding) {
    String mark = encoding.startsWith("UTF-16") ? "\uFEFF" : "";
    String xml =
        mark
            + "<?xml version=\"1.0\" encoding='"
            + encoding
            + "'?>\n<!-- é -->\n<Observation xmlns=\"http://hl7.org/fhir\">"
            + BODY
            + "</Observation>\n";
    byte[] bytes = xml.getBytes(Charset.forName(encoding));
    assertThat(DeidFixture.text(shipped.deidentify(bytes, LOCAL))).contains("1.00");
  }

  @Test
  void aMarkBeforeUtf8IsNoReasonToRefuse() {
    String xml = "\uFEFF<Observation xmlns=\"http://hl7.org/fhir\">" + BODY + "</Observation>";
    assertThat(DeidFixture.text(shipped.deidentify(xml.getBytes(StandardCharsets.UTF_8), LOCAL)))
        .contains("1.00");
    assertThat(text(LOCAL, "\uFEFF" + OBSERVATION)).contains("5.43");
  }

  @Test
  void aSingleValueWhereAListBelongsLosesNothing() {
    assertThat(
            text(
                LOCAL,
                OBSERVATION
                    .replace("[{'system'", "{'system'")
                    .replace("'Glucose'}]", "'Glucose'}")))
        .contains("2345-7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceType':'Observation','status':'final','status':'entered-in-error','subject':{'reference':'Patient/p1'}}",
        "{'resourceType':'Observation','status':'final','subject':{'reference':'Patient/p1','reference':'Patient/p2'}}",
        "{'resourceType':'Observation','status':'final'} {'resourceType':'Patient'}",
        "{'resourceType':'Observation',/* no */'status':'final'}",
        "{'resourceType':'Observation','status':['final','amended'],'subject':{'reference':'Patient/p1'}}",
        "{'resourceType':'Observation','status':'final','subject':{'reference':'Patient/p1'}",
        "[{'resourceType':'Observation','status':'final'}]",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Observation xmlns='http://hl7.org/fhir'><id value='&e;'/></Observation>"
      })
  void whatCanBeReadInTwoWaysOrNoneIsKeptBack(String json) {
    assertThat(run(LOCAL, json))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNPARSABLE, "resource"));
  }
}
