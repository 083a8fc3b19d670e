package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.admin.AskingAndCustodian.CLEAR;
import static org.medseal.admin.AskingAndCustodian.askBody;
import static org.medseal.admin.AskingAndCustodian.patient;
import static org.medseal.admin.AskingAndCustodian.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.requests.AccessRequests;
import org.medseal.requests.AccessView;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.RequestRole;
import org.medseal.requests.RequestTerms;
import org.medseal.users.Role;
import org.medseal.users.RoleKeys;
import org.medseal.users.Session;
import org.medseal.users.User;

/** Search, request, review, approve, open between two hospitals; hospital-1 is the custodian. */
class RequestStoryTest {
  private static @TempDir Path folder;
  private static AskingAndCustodian two;
  private static TestConsortium consortium;
  private static TestHospital custodian;
  private static TestHospital asking;

  @BeforeAll
  static void start() throws Exception {
    two = new AskingAndCustodian(folder);
    consortium = two.consortium;
    custodian = two.custodian;
    asking = two.asking;
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  @Test
  void aRecordIsFoundRequestedReviewedApprovedAndOpened() throws Exception {
    Hash record = two.sealed("101010001");
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
    String id = two.ask("dr-li", record);

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
    Hash record = two.sealed("101010003");
    String id = two.ask("dr-li", record);
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
    Hash record = two.sealed("101010004");
    String id = two.ask("dr-li", record);
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
    Hash record = two.sealed("101010005");
    String id = two.ask("dr-li", record);
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
    Hash asked = two.sealed("101010006");
    Hash other = two.sealed("101010006");
    String id = two.ask("dr-li", asked);
    custodian.post("keeper", "/requests/" + id + "/approve", "{}");
    assertThat(asking.get("dr-li", "/requests/" + id + "/records/" + other.hex()).status())
        .isEqualTo(404);
    assertThat(
            custodian
                .get("keeper", "/requests/" + id + "/records/" + other.hex() + "/review")
                .status())
        .isEqualTo(404);
  }

  /** A closed key tells whether unsealing was tried again. */
  @Test
  void aBodyThatIsNotForThisNodeIsTriedOnce() throws Exception {
    two.ask("dr-li", two.sealed("101010018"));
    TestConsortium.Secrets own = consortium.secrets.get("hospital-1");
    Sm2PrivateKey strange = Sm2PrivateKey.generate(new SecureRandom());
    InstitutionLedger acting =
        new InstitutionLedger(
            consortium.ledger("hospital-1"),
            new ActingKeys(
                own.signing(),
                strange,
                List.of(consortium.consortiumKey),
                own.local(),
                own.member()),
            Duration.ZERO);
    AccessRequests requests =
        new AccessRequests(acting, RequestTerms.ofDays(1, 1), Clock.systemUTC());
    User chief = asking.users.findByLogin("chief").orElseThrow();
    Session session = new Session("", chief, RoleKeys.none());
    assertThat(requests.list(session, AccessRequests.Page.first())).isEmpty();
    strange.close();
    assertThat(requests.list(session, AccessRequests.Page.first())).isEmpty();
    AccessRequests fresh = new AccessRequests(acting, RequestTerms.ofDays(1, 1), Clock.systemUTC());
    assertThatThrownBy(() -> fresh.list(session, AccessRequests.Page.first()))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A copy that was begun from a snapshot has requests before it has the records they name. */
  @Test
  void aRequestIsOnTheDeskOnceItsRecordHasCome() throws Exception {
    Hash record = two.sealed("101010019");
    Hash id = Hash.fromHex(two.ask("dr-li", record));
    AtomicBoolean hasCome = new AtomicBoolean();
    PassingLedger late =
        new PassingLedger(consortium.ledger("hospital-1")) {
          @Override
          public Optional<CommittedTransaction> find(Hash transaction) {
            return transaction.equals(record) && !hasCome.get()
                ? Optional.empty()
                : super.find(transaction);
          }
        };
    TestConsortium.Secrets own = consortium.secrets.get("hospital-1");
    AccessRequests requests =
        new AccessRequests(
            new InstitutionLedger(late, consortium.keys(own), Duration.ZERO),
            RequestTerms.ofDays(1, 1),
            Clock.systemUTC());
    User keeper = custodian.users.findByLogin("keeper").orElseThrow();
    Session session = new Session("", keeper, RoleKeys.none());
    AccessRequests.Page desk =
        new AccessRequests.Page(
            Optional.empty(), Optional.of(RequestRole.DESK), 1_000, Optional.empty());
    assertThat(requests.list(session, desk)).extracting(AccessView::id).doesNotContain(id);
    hasCome.set(true);
    assertThat(requests.list(session, desk)).extracting(AccessView::id).contains(id);
  }

  @Test
  void aRequestForWhatIsNoRecordIsRefused() throws Exception {
    assertThat(asking.post("dr-li", "/requests", askBody(Hash.fromHex("cd".repeat(32)))).status())
        .isEqualTo(404);
    String id = two.ask("dr-li", two.sealed("101010013"));
    assertThat(asking.post("dr-li", "/requests", askBody(Hash.fromHex(id))).status())
        .isEqualTo(404);
    Hash twice = two.sealed("101010014");
    assertThat(asking.post("dr-li", "/requests", askBody(twice, twice)).status()).isEqualTo(400);
    assertThat(asking.get("dr-li", "/records/" + id).status()).isEqualTo(404);
  }

  @Test
  void aBlockThatDoesNotComeInTimeIsAnswered202AndStillCounts() throws Exception {
    AdminLimits hasty =
        new AdminLimits(1 << 16, 500, 5, Duration.ofMillis(1), RequestTerms.ofDays(1, 1));
    Hash record = two.sealed("101010015");
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

  private static List<String> ids(TestHospital.Reply reply) {
    return reply.json().path("requests").findValuesAsText("id");
  }
}
