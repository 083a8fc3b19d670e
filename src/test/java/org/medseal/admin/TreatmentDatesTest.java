package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.SSN;
import static org.medseal.admin.AskingAndCustodian.patient;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;

/** True dates for who treats the patient; the record comes from the hospital that does not ask. */
class TreatmentDatesTest extends AtTwoHospitals {
  private static final String ADMITTED = "202402290930";
  private static final String MESSAGE =
      "MSH|^~\\&|A|B|C|D|20240301||ADT^A01|1|P|2.5\r"
          + "PID|1||401010001^^^USSSA&2.16.840.1.113883.4.1&ISO^SS||X^Y||19500607\r"
          + "PV1|1|I"
          + "|".repeat(42)
          + ADMITTED
          + "\r";

  private DeidentifiedRecord released;

  @BeforeEach
  void release() throws Exception {
    Outcome outcome =
        Deidentifiers.load(
                Path.of("config"),
                new DeidKeys(
                    two.consortium.consortiumKey, two.consortium.secrets.get("hospital-1").local()))
            .forFormat(Format.HL7V2)
            .deidentify(
                MESSAGE.getBytes(StandardCharsets.UTF_8),
                FeedPolicy.of("lab", UnlistedAuthority.LOCAL));
    assertThat(outcome).isInstanceOf(Outcome.Released.class);
    released = ((Outcome.Released) outcome).records().get(0);
  }

  private Hash sealed(String rules) {
    return two.consortium.seals(
        "hospital-1",
        patient("401010001"),
        new TestConsortium.Document(RecordFormat.HL7V2, rules, released.content()));
  }

  private String asked(Hash record, String purpose) throws Exception {
    String body = AskingAndCustodian.askBody(record).replace("TREATMENT", purpose);
    return two.asking.post("dr-li", "/requests", body).json().path("id").asText();
  }

  private String granted(Hash record, String purpose) throws Exception {
    String id = asked(record, purpose);
    assertThat(two.custodian.post("keeper", "/requests/" + id + "/approve", "{}").status())
        .isEqualTo(200);
    return id;
  }

  private TestHospital.Reply dates(String login, String id, Hash record, String ssn)
      throws Exception {
    return two.asking.post(
        login,
        "/requests/" + id + "/records/" + record.hex() + "/dates",
        Json.object().put("authority", SSN).put("id", ssn).toString());
  }

  @Test
  void whoTreatsThePatientAndKnowsTheIdentifierSeesTrueDates() throws Exception {
    Hash record = sealed(released.report().ruleSetId());
    String id = granted(record, "TREATMENT");
    TestHospital.Reply plain =
        two.asking.get("dr-li", "/requests/" + id + "/records/" + record.hex());
    assertThat(plain.text()).doesNotContain(ADMITTED);
    TestHospital.Reply reply = dates("dr-li", id, record, "401-01-0001");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.mediaType()).isEqualTo("application/hl7-v2");
    assertThat(reply.text()).contains(ADMITTED).contains("|20240301|");
    assertThat(two.asking.auditedSubtypes()).contains("true-dates:0", "open:0");
    assertThat(two.asking.auditText()).doesNotContain("401010001").doesNotContain("401-01-0001");
  }

  @Test
  void anotherIdentifierMovesNothing() throws Exception {
    Hash record = sealed(released.report().ruleSetId());
    String id = granted(record, "TREATMENT");
    TestHospital.Reply reply = dates("dr-li", id, record, "401-01-0002");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("another-patient");
    assertThat(reply.text()).doesNotContain("401");
    assertThat(two.asking.auditedSubtypes()).contains("true-dates:4");
  }

  @Test
  void noOtherPurposeSeesTrueDates() throws Exception {
    Hash record = sealed(released.report().ruleSetId());
    for (String purpose : new String[] {"RESEARCH", "EMERGENCY", "PATIENT_REQUEST"}) {
      String id = granted(record, purpose);
      TestHospital.Reply reply = dates("dr-li", id, record, "401-01-0001");
      assertThat(reply.status()).as(purpose).isEqualTo(403);
      assertThat(reply.problem()).isEqualTo("not-for-this-purpose");
    }
  }

  @Test
  void rulesThatThisNodeDoesNotKnowAreNotUndone() throws Exception {
    Hash record = sealed("elsewhere-0123456789ab");
    String id = granted(record, "TREATMENT");
    TestHospital.Reply reply = dates("dr-li", id, record, "401-01-0001");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("rules-unknown");
    assertThat(reply.text()).contains("elsewhere-0123456789ab");
  }

  @Test
  void onlyWhatIsGrantedAndStillValidIsShownAndOnlyToWhoMayOpenIt() throws Exception {
    Hash record = sealed(released.report().ruleSetId());
    String open = asked(record, "TREATMENT");
    assertThat(dates("dr-li", open, record, "401-01-0001").problem()).isEqualTo("not-approved");
    String id = granted(record, "TREATMENT");
    assertThat(dates("dr-wu", id, record, "401-01-0001").status()).isEqualTo(404);
    assertThat(dates("chief", id, record, "401-01-0001").status()).isEqualTo(200);
    assertThat(dates("dr-li", id, sealed("rules"), "401-01-0001").status()).isEqualTo(404);
    two.consortium.chain.at(Instant.now().plus(Duration.ofDays(31)).toEpochMilli());
    two.sealed("909090909");
    assertThat(dates("dr-li", id, record, "401-01-0001").problem()).isEqualTo("expired");
  }
}
