package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.util.Optional;
import org.junit.jupiter.api.Test;
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

  @Test
  void twoPatientsInOneMessageAreAmbiguousAndOnePatientTwiceIsNot() {
    assertThat(outcome(STRICT, MSH, PID, PID.replace("48151623", "48151624")))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
    assertThat(outcome(STRICT, MSH, PID, PID)).isInstanceOf(Outcome.Released.class);
    assertThat(outcome(STRICT, MSH, PID, "PID|2||||Andere^Person"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
    String family = "~77^^^INSURER^MB";
    assertThat(
            outcome(
                STRICT,
                MSH,
                PID.replace("^MR", "^MR" + family),
                PID.replace("48151623", "48151624").replace("^MR", "^MR" + family)))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
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
