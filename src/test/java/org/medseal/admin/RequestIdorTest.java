package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.askBody;
import static org.medseal.admin.AskingAndCustodian.patient;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.users.Role;

/** Ids of others' requests and records, tried by everybody who has no business with them. */
class RequestIdorTest {
  private static final String IDENTIFIER = "{\"authority\":\"USSSA\",\"id\":\"501-01-0001\"}";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital custodian;
  private static TestHospital asking;
  private static TestHospital third;
  private static Hash record;
  private static Hash other;
  private static String open;
  private static String granted;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 3);
    custodian = new TestHospital(consortium, "hospital-1", folder);
    asking = new TestHospital(consortium, "hospital-2", folder);
    third = new TestHospital(consortium, "hospital-3", folder);
    custodian.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
    custodian.has("keeper", Role.ADMIN);
    custodian.has("dr-no", Role.PHYSICIAN);
    asking.has("chief", Role.ADMIN);
    asking.has("dr-li", Role.PHYSICIAN);
    asking.has("dr-wu", Role.PHYSICIAN);
    third.has("stranger", Role.ADMIN);
    record = sealed("501010001");
    other = sealed("501010002");
    open = asked(record);
    granted = asked(record);
    assertThat(custodian.post("keeper", "/requests/" + granted + "/approve", "{}").status())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    third.close();
    asking.close();
    custodian.close();
    consortium.close();
  }

  private static Hash sealed(String number) {
    return consortium.seals(
        "hospital-1", patient(number), RecordFormat.HL7V2, AskingAndCustodian.CLEAR);
  }

  private static String asked(Hash id) throws Exception {
    return asking.post("dr-li", "/requests", askBody(id)).json().path("id").asText();
  }

  /** Answers of all calls with a request's id and a record's. */
  private static List<TestHospital.Reply> tries(
      TestHospital hospital, String login, String request, Hash id) throws Exception {
    String base = "/requests/" + request;
    String of = base + "/records/" + id.hex();
    return List.of(
        hospital.get(login, base),
        hospital.get(login, of),
        hospital.get(login, of + "/review"),
        hospital.post(login, of + "/dates", IDENTIFIER),
        hospital.post(login, base + "/approve", "{}"),
        hospital.post(login, base + "/reject", "{}"));
  }

  private static void assertNothing(List<TestHospital.Reply> replies) {
    for (TestHospital.Reply reply : replies) {
      assertThat(reply.status()).as(reply.text()).isIn(403, 404);
      assertThat(reply.text()).doesNotContain("second opinion").doesNotContain("MSH|");
    }
  }

  @Test
  void aColleagueOfWhoAskedGetsNothing() throws Exception {
    assertNothing(tries(asking, "dr-wu", open, record));
    assertNothing(tries(asking, "dr-wu", granted, record));
  }

  @Test
  void aPhysicianAtTheCustodiansHospitalGetsNothing() throws Exception {
    assertNothing(tries(custodian, "dr-no", open, record));
    assertNothing(tries(custodian, "dr-no", granted, record));
  }

  @Test
  void anAdministratorOfAHospitalThatIsNoPartyGetsNothing() throws Exception {
    assertNothing(tries(third, "stranger", open, record));
    assertNothing(tries(third, "stranger", granted, record));
    assertThat(third.get("stranger", "/requests?role=all").json().path("requests")).isEmpty();
  }

  @Test
  void aRecordOutsideTheRequestIsNotOpenedReviewedOrDated() throws Exception {
    String of = "/requests/" + granted + "/records/" + other.hex();
    assertThat(asking.get("dr-li", of).status()).isEqualTo(404);
    assertThat(asking.post("dr-li", of + "/dates", IDENTIFIER).status()).isEqualTo(404);
    assertThat(custodian.get("keeper", of + "/review").status()).isEqualTo(404);
  }

  @Test
  void theCustodianDoesNotOpenWhatWasGrantedToOthers() throws Exception {
    String of = "/requests/" + granted + "/records/" + record.hex();
    assertThat(custodian.get("keeper", of).status()).isEqualTo(403);
    assertThat(custodian.post("keeper", of + "/dates", IDENTIFIER).status()).isEqualTo(403);
  }

  @Test
  void whoAskedDoesNotDecide() throws Exception {
    for (String call : List.of("/approve", "/reject")) {
      assertThat(asking.post("dr-li", "/requests/" + open + call, "{}").status()).isEqualTo(403);
      assertThat(asking.post("chief", "/requests/" + open + call, "{}").status()).isEqualTo(403);
    }
    assertThat(asking.get("dr-li", "/requests/" + open).json().path("state").asText())
        .isEqualTo("OPEN");
  }

  @Test
  void idsThatAreNoneFindNothing() throws Exception {
    for (String id : List.of("ff".repeat(32), record.hex(), "..%2f..%2fetc", "1' OR '1'='1", "0")) {
      String encoded = id.replace(" ", "%20").replace("'", "%27");
      assertThat(asking.get("dr-li", "/requests/" + encoded).status()).isIn(400, 404);
      assertThat(asking.get("dr-li", "/requests?after=" + encoded).status()).isIn(200, 400);
    }
    assertThat(asking.get("dr-li", "/requests?after=" + "ff".repeat(32)).json().path("requests"))
        .isEmpty();
  }
}
