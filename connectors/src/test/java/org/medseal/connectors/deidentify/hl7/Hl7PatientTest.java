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
  void aSecondPatientWithoutNumberIsKeptBackWithTheFirst() {
    assertThat(outcome(STRICT, MSH, PID, "PID|2||||Andere^Person"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "PID-3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ORU^R01|OBX|1|NM|2345-7^^LN||5", "ADT^A01|EVN|A01", "MDM^T02|TXA|1|CN"})
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
