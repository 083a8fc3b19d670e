package org.medseal.connectors.deidentify.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;

class Hl7PatientTest extends Hl7Case {
  @Test
  void anUnlistedAuthorityIsQuarantinedUnlessTheFeedTakesItAsLocal() {
    String pid = PID.replace("HOSP1", "SOMEWHERE");
    assertThat(outcome(STRICT, MSH, pid))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_AUTHORITY, "PID-3"));
    DeidentifiedRecord record = DeidFixture.record(outcome(LOCAL, MSH, pid));
    assertThat(record.identifiers().get(0).authority()).isEqualTo("SOMEWHERE");
    assertThat(record.taggable()).isEmpty();
  }

  @Test
  void oneListedIdentifierIsEnough() {
    String pid = PID.replace("48151623^^^HOSP1^MR", "9^^^SOMEWHERE^MR~48151623^^^HOSP1^MR");
    assertThat(DeidFixture.record(outcome(STRICT, MSH, pid)).identifiers()).hasSize(1);
  }

  @Test
  void theFirstAuthorityOfTheListMakesThePseudonymAndNationalOnesAreTaggable() {
    String pid =
        PID.replace(
            "48151623^^^HOSP1^MR",
            "48151623^^^HOSP1^MR~123-45-6789^^^SSA^SS~11010519491231002X^^^&2.16.156.10011.1.3&ISO^NI");
    DeidentifiedRecord record = DeidFixture.record(outcome(STRICT, MSH, pid));
    assertThat(record.taggable()).hasSize(2);
    assertThat(record.patient()).isEqualTo(record.taggable().get(0));
    assertThat(record.identifiers())
        .extracting(i -> i.idType())
        .containsExactly("NNCHN", "SS", "MR");
    assertThat(record.patient().keyVersion()).isEqualTo(1);
  }

  @Test
  void anIdentifierWithoutAuthorityTakesTheFeedsDefault() {
    String pid = PID.replace("^^^HOSP1^MR", "");
    FeedPolicy feed =
        new FeedPolicy(
            "f",
            Optional.of("HOSP1"),
            UnlistedAuthority.QUARANTINE,
            Optional.empty(),
            Optional.empty());
    assertThat(DeidFixture.record(outcome(feed, MSH, pid)).identifiers())
        .isEqualTo(DeidFixture.record(outcome(STRICT, MSH, PID)).identifiers());
    assertThat(outcome(STRICT, MSH, pid)).isInstanceOf(Outcome.Quarantined.class);
    assertThat(DeidFixture.record(outcome(LOCAL, MSH, pid)).identifiers().get(0).authority())
        .isEqualTo("urn:medseal:feed:lab");
  }

  private static final String ORDER = MSH.replace("ORU^R01^ORU_R01", "OML^O21^OML_O21");

  private static final String OTHER = PID.replace("48151623", "48151624");

  @Test
  void twoPatientsInOneOrderAreAmbiguousAndOnePatientTwiceIsNot() {
    assertThat(outcome(STRICT, ORDER, PID, OTHER))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
    assertThat(outcome(STRICT, ORDER, PID, PID)).isInstanceOf(Outcome.Released.class);
    String family = "~77^^^INSURER^MB";
    assertThat(
            outcome(
                STRICT,
                ORDER,
                PID.replace("^MR", "^MR" + family),
                OTHER.replace("^MR", "^MR" + family)))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
  }

  @Test
  void resultsOfTwoPatientsAreTwoRecordsThatShareNothing() {
    String first = "OBX|1|NM|2345-7^^LN||5.1|mmol/L";
    String second = "OBX|1|NM|718-7^^LN||140|g/L";
    Outcome outcome =
        outcome(STRICT, MSH, PID, first, OTHER, second, PID, "OBX|2|NM|2951-2^^LN||139|mmol/L");
    List<String> texts =
        ((Outcome.Released) outcome)
            .records().stream().map(r -> new String(r.content(), UTF_8)).toList();
    assertThat(texts).hasSize(2);
    assertThat(texts.get(0)).contains("2345-7", "2951-2").doesNotContain("718-7");
    assertThat(texts.get(1)).contains("718-7").doesNotContain("2345-7", "2951-2");
    assertThat(texts).allSatisfy(t -> assertThat(t).startsWith("MSH|").contains("PID|1||"));
  }

  @Test
  void theNameOfOnePatientIsLookedForInTheRecordOfTheOther() {
    String other = OTHER.replace("Testperson^Walburga", "Oberwald^Kunigunde");
    String told = "OBX|1|CE|2345-7^Glucose of Kunigunde^LN||5";
    Outcome outcome = outcome(STRICT, MSH, PID, told, other);
    assertThat(new String(((Outcome.Released) outcome).records().get(0).content(), UTF_8))
        .contains("2345-7")
        .doesNotContain("Kunigunde");
  }

  @Test
  void whatFollowsTheLastPatientOfAnAppointmentIsOfAll() {
    String siu = MSH.replace("ORU^R01^ORU_R01", "SIU^S12^SIU_S12");
    Outcome outcome =
        outcome(STRICT, siu, "SCH|1||||||||30", PID, OTHER, "RGS|1", "AIS|1||73211009^x^SCT");
    assertThat(((Outcome.Released) outcome).records())
        .hasSize(2)
        .allSatisfy(
            r -> assertThat(new String(r.content(), UTF_8)).contains("SCH|", "AIS|1||73211009"));
  }

  @Test
  void anEventBelongsToThePatientThatFollows() {
    String adr = MSH.replace("ORU^R01^ORU_R01", "ADR^A19^ADR_A19");
    Outcome outcome =
        outcome(STRICT, adr, "MSA|AA|1", "EVN|A01", PID, "EVN|A02", OTHER, "EVN|A03", PID);
    List<String> texts = texts(outcome);
    assertThat(texts.get(0)).contains("EVN|A01", "EVN|A03").doesNotContain("A02");
    assertThat(texts.get(1)).contains("EVN|A02").doesNotContain("A01", "A03");
  }

  @Test
  void theEventOfASwapIsOfBothPatients() {
    String swap = MSH.replace("ORU^R01^ORU_R01", "ADT^A17^ADT_A17");
    assertThat(texts(outcome(STRICT, swap, "EVN|A17", PID, OTHER)))
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).contains("EVN|A17"));
  }

  private static List<String> texts(Outcome outcome) {
    return ((Outcome.Released) outcome)
        .records().stream().map(r -> new String(r.content(), UTF_8)).toList();
  }

  private static String alsoNational(String pid, String number) {
    return pid.replace("^MR", "^MR~" + number + "^^^SSA^SS");
  }

  @Test
  void whatTheSecondSegmentOfAPatientAddsIsTheirsToo() {
    DeidentifiedRecord record =
        DeidFixture.record(outcome(STRICT, MSH, PID, alsoNational(PID, "123-45-6789")));
    assertThat(record.taggable()).hasSize(1);
  }

  @Test
  void oneNumberWithTwoNationalOnesIsAmbiguous() {
    Outcome ambiguous = new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID");
    String one = alsoNational(PID, "123-45-6789");
    String two = alsoNational(PID, "987-65-4321");
    assertThat(outcome(STRICT, MSH, PID, one, two)).isEqualTo(ambiguous);
    assertThat(outcome(STRICT, MSH, one, two, PID)).isEqualTo(ambiguous);
  }

  @Test
  void aSegmentThatJoinsTwoPatientsAfterwardsIsAmbiguous() {
    String national = PID.replace("48151623^^^HOSP1^MR", "123-45-6789^^^SSA^SS");
    assertThat(outcome(STRICT, MSH, PID, national, alsoNational(PID, "123-45-6789")))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
  }

  @Test
  void aThousandPatientsAreTakenAndOneMoreIsTooManyForAMessage() {
    String[] segments = new String[1 + PatientSections.MAX_PATIENTS];
    segments[0] = MSH;
    for (int i = 1; i < segments.length; i++) {
      segments[i] = PID.replace("48151623", String.valueOf(48151623 + i));
    }
    assertThat(texts(outcome(STRICT, segments))).hasSize(PatientSections.MAX_PATIENTS);
    String[] more = java.util.Arrays.copyOf(segments, segments.length + 1);
    more[segments.length] = PID;
    assertThat(outcome(STRICT, more))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.TOO_LARGE, "PID"));
  }

  @Test
  void whatManyPatientsShareIsBounded() {
    String[] segments = new String[102];
    segments[0] = MSH;
    segments[1] = "NTE|1||" + "x".repeat((int) (PatientSections.MAX_SHARED_CHARS / 100));
    for (int i = 2; i < segments.length; i++) {
      segments[i] = PID.replace("48151623", String.valueOf(48151623 + i));
    }
    assertThat(outcome(STRICT, segments))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.TOO_LARGE, "PID"));
  }

  @Test
  void aSecondPatientWithoutNumberIsKeptBackWithTheFirst() {
    assertThat(outcome(STRICT, MSH, PID, "PID|2||||Andere^Person"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "PID-3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORU^R01|OBX|1|NM|2345-7^^LN||5",
        "ADT^A01|EVN|A01",
        "MDM^T02|TXA|1|CN",
        "ORF^R04|MSA|AA|1\rOBR|1\rOBX|1|NM|2345-7^^LN||5",
        "RSP^K11|MSA|AA|1\rRXA|0|1",
        "OMD^O03|ORC|NW|1\rODS|D",
        "ORM^O01|ORC|CA|1"
      })
  void aForgottenPatientIsKeptBack(String message) {
    String[] parts = message.split("\\|", 2);
    assertThat(outcome(LOCAL, MSH.replace("ORU^R01^ORU_R01", parts[0]), parts[1]))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "PID"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACK^R01|MSA|AA|1",
        "ORR^O02|MSA|AA|1\rORC|OK|1\rOBR|1",
        "RSP^K22|MSA|AA|1\rQAK|1|NF",
        "OMS^O05|ORC|NW|1\rRQD|1",
        "MFN^M02|MFI|STF\rMFE|MAD\rSTF|1|1|Stein^Otto",
        "QBP^Q22|QPD|Q22^x^HL7|1|@PID.5.1^Stein",
        "OUL^R22|SPM|1|||BLD|||||||Q\rOBR|1\rOBX|1|NM|2345-7^^LN||5",
        "SIU^S23|SCH|1\rRGS|1"
      })
  void whatIsAboutNobodyIsNoRecord(String message) {
    String[] parts = message.split("\\|", 2);
    assertThat(outcome(LOCAL, MSH.replace("ORU^R01^ORU_R01", parts[0]), parts[1]))
        .isEqualTo(new Outcome.NotARecord(parts[0].substring(0, 3)));
  }

  @Test
  void aMergeKeepsThePairOfPseudonyms() {
    Hl7Message out = released(MSH, PID, "MRG|48151600^^^HOSP1^MR||77|||||Alt^Name");
    Hl7Message prior = released(MSH, PID.replace("48151623", "48151600"));
    assertThat(out.all("MRG").get(0).field(1).first().text(1))
        .isEqualTo(prior.all("PID").get(0).field(3).first().text(1));
    assertThat(segment(out, "MRG")).doesNotContain("Alt", "77|");
  }

  @Test
  void aPatientWithoutNumberIsQuarantined() {
    assertThat(outcome(LOCAL, MSH, "PID|1||\"\"||Testperson^Walburga"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "PID-3"));
  }
}
