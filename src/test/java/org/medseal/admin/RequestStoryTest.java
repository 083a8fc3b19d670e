package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.AccessRequests;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.users.Role;
import org.medseal.users.RoleKeys;
import org.medseal.users.Session;
import org.medseal.users.User;

/** Search, request, review, approve, open between two hospitals; hospital-1 is the custodian. */
class RequestStoryTest {
  private static final String SSN = "2.16.840.1.113883.4.1";
  private static final String CLEAR = "MSH|^~\\&|LAB|synthetic\rPID|||psn\r";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital custodian;
  private static TestHospital asking;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 2);
    custodian = new TestHospital(consortium, "hospital-1", folder);
    asking = new TestHospital(consortium, "hospital-2", folder);
    custodian.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
    custodian.has("keeper", Role.ADMIN);
    custodian.has("clerk", Role.ADMIN);
    asking.has("chief", Role.ADMIN);
    asking.has("dr-li", Role.PHYSICIAN);
    asking.has("dr-wu", Role.PHYSICIAN);
  }

  @AfterAll
  static void stop() {
    asking.close();
    custodian.close();
    consortium.close();
  }

  private static PatientIdentifier patient(String number) {
    return new PatientIdentifier(SSN, "SS", number);
  }

  private static Hash sealed(String number) {
    return consortium.seals("hospital-1", patient(number), RecordFormat.HL7V2, CLEAR);
  }

  private static String ask(String login, Hash record) throws Exception {
    TestHospital.Reply reply = asking.post(login, "/requests", askBody(record));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().path("id").asText();
  }

  private static String askBody(Hash... records) {
    var body = Json.object().put("purpose", "TREATMENT").put("justification", "second opinion");
    var ids = body.putArray("txIds");
    List.of(records).forEach(id -> ids.add(id.hex()));
    return body.toString();
  }

  @Test
  void aRecordIsFoundRequestedReviewedApprovedAndOpened() throws Exception {
    Hash record = sealed("101010001");
    JsonNode found =
        asking
            .get("dr-li", "/records?authority=USSSA&type=SS&id=101-01-0001")
            .json()
            .path("records");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("txId").asText()).isEqualTo(record.hex());
    assertThat(found.get(0).path("format").asText()).isEqualTo("HL7V2");
    assertThat(found.get(0).path("month").asText())
        .isEqualTo(YearMonth.now(ZoneOffset.UTC).toString());
    String id = ask("dr-li", record);

    String opened = "/requests/" + id + "/records/" + record.hex();
    assertThat(asking.get("dr-li", opened).status()).isEqualTo(409);
    assertThat(state(asking, "dr-li", id)).isEqualTo("OPEN");
    TestHospital.Reply review = custodian.get("keeper", opened + "/review");
    assertThat(review.text()).isEqualTo(CLEAR);
    assertThat(
            custodian
                .post("keeper", "/requests/" + id + "/approve", "{\"reply\":\"yes\"}")
                .status())
        .isEqualTo(200);

    assertThat(state(asking, "dr-li", id)).isEqualTo("APPROVED");
    assertThat(asking.get("dr-li", "/requests/" + id).json().path("reply").asText())
        .isEqualTo("yes");
    TestHospital.Reply record1 = asking.get("dr-li", opened);
    assertThat(record1.status()).isEqualTo(200);
    assertThat(record1.mediaType()).isEqualTo("application/hl7-v2");
    assertThat(record1.text()).isEqualTo(CLEAR);
    assertThat(asking.get("chief", opened).text()).isEqualTo(CLEAR);
    assertThat(asking.auditedSubtypes()).contains("look-up:0", "request:0", "open:4", "open:0");
    assertThat(custodian.auditedSubtypes()).contains("review:0", "approve:0");
    assertThat(asking.auditText()).doesNotContain("101010001").doesNotContain("101-01-0001");
  }

  @Test
  void eachFormatComesAsItself() throws Exception {
    Hash fhir = consortium.seals("hospital-2", patient("101010002"), RecordFormat.FHIR, "{}");
    Hash dicom = consortium.seals("hospital-2", patient("101010002"), RecordFormat.DICOM, "DICM");
    TestHospital.Reply asked = asking.post("dr-li", "/requests", askBody(fhir, dicom));
    String id = asked.json().path("id").asText();
    custodian.post("keeper", "/requests/" + id + "/approve", "{}");
    String base = "/requests/" + id + "/records/";
    assertThat(asking.get("dr-li", base + fhir.hex()).mediaType())
        .isEqualTo("application/fhir+json");
    TestHospital.Reply image = asking.get("dr-li", base + dicom.hex());
    assertThat(image.mediaType()).isEqualTo("application/dicom");
    assertThat(image.response().headers().firstValue("Content-Disposition")).contains("attachment");
  }

  @Test
  void withoutTheCustodianKeyAnAdministratorNeitherReviewsNorDecides() throws Exception {
    Hash record = sealed("101010003");
    String id = ask("dr-li", record);
    for (String call : List.of("approve", "reject")) {
      TestHospital.Reply reply = custodian.post("clerk", "/requests/" + id + "/" + call, "{}");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.problem()).isEqualTo("custodian-key-needed");
      assertThat(reply.json().path("detail").asText()).contains("hospital-1");
    }
    String review = "/requests/" + id + "/records/" + record.hex() + "/review";
    assertThat(custodian.get("clerk", review).status()).isEqualTo(403);
    assertThat(asking.post("chief", "/requests/" + id + "/approve", "{}").status()).isEqualTo(403);
    assertThat(state(asking, "dr-li", id)).isEqualTo("OPEN");
  }

  @Test
  void aRejectedRequestOpensNothing() throws Exception {
    Hash record = sealed("101010004");
    String id = ask("dr-li", record);
    assertThat(
            custodian.post("keeper", "/requests/" + id + "/reject", "{\"reply\":\"no\"}").status())
        .isEqualTo(200);
    assertThat(state(asking, "dr-li", id)).isEqualTo("REJECTED");
    TestHospital.Reply opened = asking.get("dr-li", "/requests/" + id + "/records/" + record.hex());
    assertThat(opened.status()).isEqualTo(409);
    assertThat(opened.problem()).isEqualTo("not-approved");
    assertThat(custodian.post("keeper", "/requests/" + id + "/approve", "{}").problem())
        .isEqualTo("already-decided");
  }

  @Test
  void anotherPhysicianSeesNothingOfTheRequest() throws Exception {
    Hash record = sealed("101010005");
    String id = ask("dr-li", record);
    custodian.post("keeper", "/requests/" + id + "/approve", "{}");
    assertThat(asking.get("dr-wu", "/requests/" + id).status()).isEqualTo(404);
    assertThat(asking.get("dr-wu", "/requests/" + id + "/records/" + record.hex()).status())
        .isEqualTo(404);
    assertThat(asking.get("dr-wu", "/requests").json().path("requests")).isEmpty();
    assertThat(ids(asking.get("chief", "/requests?state=APPROVED"))).contains(id);
    assertThat(ids(asking.get("chief", "/requests?state=OPEN"))).doesNotContain(id);
    assertThat(ids(custodian.get("clerk", "/requests"))).contains(id);
  }

  @Test
  void aRecordOutsideTheRequestDoesNotOpen() throws Exception {
    Hash asked = sealed("101010006");
    Hash other = sealed("101010006");
    String id = ask("dr-li", asked);
    custodian.post("keeper", "/requests/" + id + "/approve", "{}");
    assertThat(asking.get("dr-li", "/requests/" + id + "/records/" + other.hex()).status())
        .isEqualTo(404);
    assertThat(
            custodian
                .get("keeper", "/requests/" + id + "/records/" + other.hex() + "/review")
                .status())
        .isEqualTo(404);
  }

  /** The attack the key commitment is for: a stranger's wrap inside an own harmless record. */
  @Test
  void aWrapCopiedFromAnotherRecordIsNeverRewrapped() throws Exception {
    Hash victim = sealed("101010007");
    RecordTransaction stolen = record(victim);
    SecureRandom random = new SecureRandom();
    try (SecretBytes own = SecretBytes.random(16, random)) {
      RecordHeader header =
          consortium.header(
              RecordFormat.HL7V2,
              consortium.tags(patient("101010008"), YearMonth.now(ZoneOffset.UTC)));
      Hash forged =
          consortium.commit(
              "hospital-2",
              header,
              stolen.witness().wrappedKeys(),
              consortium.seal(own, header, "harmless"));
      String id = ask("dr-li", forged);
      TestHospital.Reply reply = custodian.post("keeper", "/requests/" + id + "/approve", "{}");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.problem()).isEqualTo("record-not-authentic");
      assertThat(state(asking, "dr-li", id)).isEqualTo("OPEN");
    }
  }

  /** Same ciphertext key, false commitment: decryption alone would not notice. */
  @Test
  void aFalseCommitmentStopsTheApproval() throws Exception {
    SecureRandom random = new SecureRandom();
    try (SecretBytes key = SecretBytes.random(16, random);
        SecretBytes other = SecretBytes.random(16, random)) {
      RecordHeader header =
          consortium.header(
              RecordFormat.HL7V2,
              consortium.tags(patient("101010009"), YearMonth.now(ZoneOffset.UTC)));
      TestConsortium.Sealed sealed =
          new TestConsortium.Sealed(
              consortium.seal(other, header, CLEAR).commitment(),
              consortium.seal(key, header, CLEAR).ciphertext());
      Hash forged = consortium.commit("hospital-2", header, List.of(consortium.wrap(key)), sealed);
      String id = ask("dr-li", forged);
      assertThat(custodian.post("keeper", "/requests/" + id + "/approve", "{}").status())
          .isEqualTo(422);
      assertThat(
              custodian
                  .get("keeper", "/requests/" + id + "/records/" + forged.hex() + "/review")
                  .status())
          .isEqualTo(422);
    }
  }

  @Test
  void verifyTellsWhoseRecordItIs() throws Exception {
    Hash record = sealed("101010010");
    assertThat(verify(record, "101 01 0010")).isTrue();
    assertThat(verify(record, "101010011")).isFalse();
  }

  @Test
  void aLocalNumberIsFoundAtHomeOnly() throws Exception {
    Hash record = sealed("101010012");
    PatientIdentifier local = new PatientIdentifier("urn:medseal:demo:hospital-2", "MR", "MRN77");
    asking.localIndex.add(local, record);
    String query = "/records?authority=HOSP2&type=MR&id=mrn77";
    assertThat(asking.get("dr-li", query).json().path("records")).hasSize(1);
    assertThat(custodian.get("clerk", query).json().path("records")).isEmpty();
    String body = "{\"authority\":\"HOSP2\",\"id\":\"mrn77\"}";
    assertThat(
            asking
                .post("dr-li", "/records/" + record.hex() + "/verify", body)
                .json()
                .path("belongs")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aListedAuthorityTakesItsOwnTypesOnly() throws Exception {
    Hash record = sealed("101010016");
    String query = "/records?authority=USSSA&id=101010016&type=";
    assertThat(asking.get("dr-li", query).json().path("records")).hasSize(1);
    assertThat(asking.get("dr-li", query + "ss").json().path("records")).hasSize(1);
    String body = "{\"authority\":\"USSSA\",\"type\":\"MR\",\"id\":\"101010016\"}";
    for (TestHospital.Reply reply :
        List.of(
            asking.get("dr-li", query + "MR"),
            asking.post("dr-li", "/records/" + record.hex() + "/verify", body))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().path("detail").asText()).contains("[SS]").doesNotContain("101010016");
    }
  }

  @Test
  void anUnlistedNumberIsFoundWithItsTypeOrWithoutAny() throws Exception {
    Hash record = sealed("101010017");
    asking.localIndex.add(new PatientIdentifier("Elsewhere", "PI", "X17"), record);
    String query = "/records?authority=Elsewhere&id=x17";
    assertThat(asking.get("dr-li", query).json().path("records")).hasSize(1);
    assertThat(asking.get("dr-li", query + "&type=PI").json().path("records")).hasSize(1);
    assertThat(asking.get("dr-li", query + "&type=MR").json().path("records")).isEmpty();
    String body = "{\"authority\":\"Elsewhere\",\"id\":\"x17\"}";
    String verify = "/records/" + record.hex() + "/verify";
    assertThat(asking.post("dr-li", verify, body).json().path("belongs").asBoolean()).isTrue();
  }

  /** A closed key tells whether unsealing was tried again. */
  @Test
  void aBodyThatIsNotForThisNodeIsTriedOnce() throws Exception {
    ask("dr-li", sealed("101010018"));
    TestConsortium.Secrets own = consortium.secrets.get("hospital-1");
    Sm2PrivateKey strange = Sm2PrivateKey.generate(new SecureRandom());
    InstitutionLedger acting =
        new InstitutionLedger(
            consortium.ledger("hospital-1"),
            new ActingKeys(own.signing(), strange, List.of(consortium.consortiumKey), own.local()),
            Duration.ZERO);
    AccessRequests requests = new AccessRequests(acting, Duration.ofDays(1), Clock.systemUTC());
    User chief = asking.users.findByLogin("chief").orElseThrow();
    Session session = new Session("", chief, RoleKeys.none());
    assertThat(requests.list(session, Optional.empty())).isEmpty();
    strange.close();
    assertThat(requests.list(session, Optional.empty())).isEmpty();
    AccessRequests fresh = new AccessRequests(acting, Duration.ofDays(1), Clock.systemUTC());
    assertThatThrownBy(() -> fresh.list(session, Optional.empty()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRequestForWhatIsNoRecordIsRefused() throws Exception {
    assertThat(asking.post("dr-li", "/requests", askBody(Hash.fromHex("cd".repeat(32)))).status())
        .isEqualTo(404);
    String id = ask("dr-li", sealed("101010013"));
    assertThat(asking.post("dr-li", "/requests", askBody(Hash.fromHex(id))).status())
        .isEqualTo(404);
    Hash twice = sealed("101010014");
    assertThat(asking.post("dr-li", "/requests", askBody(twice, twice)).status()).isEqualTo(400);
    assertThat(asking.get("dr-li", "/records/" + id).status()).isEqualTo(404);
  }

  @Test
  void aBlockThatDoesNotComeInTimeIsAnswered202AndStillCounts() throws Exception {
    AdminLimits hasty = new AdminLimits(1 << 16, 500, 5, Duration.ofMillis(1), Duration.ofDays(1));
    Hash record = sealed("101010015");
    try (TestHospital slow =
        new TestHospital(consortium, "hospital-2", folder.resolve("slow"), hasty)) {
      slow.has("dr-ma", Role.ADMIN);
      consortium.chain.hold();
      try {
        TestHospital.Reply reply = slow.post("dr-ma", "/requests", askBody(record));
        assertThat(reply.status()).isEqualTo(202);
        consortium.chain.release();
        String id = reply.json().path("id").asText();
        assertThat(state(slow, "dr-ma", id)).isEqualTo("OPEN");
      } finally {
        consortium.chain.release();
      }
    }
  }

  private static boolean verify(Hash record, String number) throws Exception {
    String body =
        Json.object().put("authority", SSN).put("type", "SS").put("id", number).toString();
    return asking
        .post("dr-li", "/records/" + record.hex() + "/verify", body)
        .json()
        .path("belongs")
        .asBoolean();
  }

  private static String state(TestHospital hospital, String login, String id) throws Exception {
    return hospital.get(login, "/requests/" + id).json().path("state").asText();
  }

  private static List<String> ids(TestHospital.Reply reply) {
    return reply.json().path("requests").findValuesAsText("id");
  }

  private static RecordTransaction record(Hash id) {
    return consortium
        .ledger("hospital-1")
        .find(id)
        .map(CommittedTransaction::transaction)
        .map(RecordTransaction.class::cast)
        .orElseThrow();
  }
}
