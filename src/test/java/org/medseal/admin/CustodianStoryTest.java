package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.CLEAR;
import static org.medseal.admin.AskingAndCustodian.askBody;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Hash;
import org.medseal.users.Role;
import org.medseal.users.RoleKeyStores;

/** The set of custodians grows and shrinks by vote; records stay with the set of their time. */
class CustodianStoryTest extends AtTwoHospitals {
  private static final SecureRandom RANDOM = new SecureRandom();
  private TestHospital first;
  private TestHospital second;

  @BeforeEach
  void name() {
    first = two.custodian;
    second = two.asking;
  }

  /** A key in that user's store and its proof, as the command line makes them. */
  private static String addition(TestHospital hospital, String login) {
    RoleKeyStores stores = new RoleKeyStores(hospital.home.resolve("keys"));
    try (Sm2PrivateKey key = stores.addCustodian(login, TestHospital.password(login), RANDOM)) {
      CustodianKey added = new CustodianKey(hospital.name, Bytes.of(key.publicKey().point()));
      byte[] message = MembershipActions.custodianSignBytes(TestConsortium.CHAIN, added);
      return Json.object()
          .put("add", added.sm2Point().hex())
          .put("proof", Bytes.of(key.prove(message, RANDOM)).hex())
          .toString();
    }
  }

  private static String putToTheVote(TestHospital hospital, String login, String body)
      throws Exception {
    TestHospital.Reply reply = hospital.post(login, "/custodians", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("kind").asText()).isEqualTo("PROPOSAL");
    return reply.json().path("id").asText();
  }

  private static void approves(TestHospital hospital, String login, String proposal)
      throws Exception {
    TestHospital.Reply reply =
        hospital.post(login, "/ledger/governance/" + proposal + "/vote", "{\"vote\":\"APPROVE\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private JsonNode present() throws Exception {
    JsonNode sets = first.get("clerk", "/custodians").json().path("sets");
    return sets.get(sets.size() - 1);
  }

  private String fingerprint(int index) throws Exception {
    return present().path("keys").path(index).path("fingerprint").asText();
  }

  /** keeper and deputy at the first hospital, warden at the second. */
  private void threeKeysAtTwoInstitutions() throws Exception {
    first.has("deputy", Role.ADMIN);
    second.has("warden", Role.ADMIN);
    approves(second, "chief", putToTheVote(first, "clerk", addition(first, "deputy")));
    assertThat(present().path("version").asInt()).isEqualTo(2);
    approves(first, "clerk", putToTheVote(second, "chief", addition(second, "warden")));
    assertThat(present().path("keys").findValuesAsText("institution"))
        .containsExactly("hospital-1", "hospital-1", "hospital-2");
    first.logsIn("deputy");
    second.logsIn("warden");
  }

  private void opensAfterApproval(TestHospital custodian, String login, String number)
      throws Exception {
    Hash record = two.sealed(number);
    String id = two.ask("dr-li", record);
    TestHospital.Reply reply = custodian.post(login, "/requests/" + id + "/approve", "{}");
    assertThat(reply.status()).as(login + reply.text()).isEqualTo(200);
    assertThat(second.get("dr-li", "/requests/" + id + "/records/" + record.hex()).text())
        .as(login)
        .isEqualTo(CLEAR);
  }

  @Test
  void eachOfThreeKeysSuffices() throws Exception {
    threeKeysAtTwoInstitutions();
    opensAfterApproval(first, "keeper", "301010001");
    opensAfterApproval(first, "deputy", "301010002");
    opensAfterApproval(second, "warden", "301010003");
    String id = two.ask("dr-li", two.sealed("301010004"));
    assertThat(first.post("clerk", "/requests/" + id + "/approve", "{}").problem())
        .isEqualTo("custodian-key-needed");
    assertThat(second.get("warden", "/requests?role=desk").json().path("requests")).isNotEmpty();
  }

  @Test
  void recordsOfSeveralSetsAreGrantedByWhoeverHasAKeyOfEach() throws Exception {
    Hash old = two.sealed("301010011");
    threeKeysAtTwoInstitutions();
    Hash fresh = two.sealed("301010012");
    TestHospital.Reply asked = second.post("dr-li", "/requests", askBody(old, fresh));
    String id = asked.json().path("id").asText();
    for (TestHospital.Reply reply :
        List.of(
            first.post("deputy", "/requests/" + id + "/approve", "{}"),
            second.post("warden", "/requests/" + id + "/approve", "{}"))) {
      assertThat(reply.problem()).isEqualTo("custodian-key-needed");
    }
    assertThat(first.post("keeper", "/requests/" + id + "/approve", "{}").status()).isEqualTo(200);
    for (Hash each : List.of(old, fresh)) {
      assertThat(second.get("dr-li", "/requests/" + id + "/records/" + each.hex()).text())
          .isEqualTo(CLEAR);
    }
  }

  @Test
  void aSecondKeyOfTheSameUserLiesBesideTheFirst() throws Exception {
    Hash old = two.sealed("301010021");
    approves(second, "chief", putToTheVote(first, "clerk", addition(first, "keeper")));
    assertThat(first.post("clerk", "/custodians", remove(fingerprint(0))).json().path("kind"))
        .hasToString("\"CHANGE\"");
    first.logsIn("keeper");
    Hash fresh = two.sealed("301010022");
    TestHospital.Reply asked = second.post("dr-li", "/requests", askBody(old, fresh));
    String id = asked.json().path("id").asText();
    assertThat(first.post("keeper", "/requests/" + id + "/approve", "{}").status()).isEqualTo(200);
    assertThat(second.get("dr-li", "/requests/" + id + "/records/" + old.hex()).text())
        .isEqualTo(CLEAR);
  }

  @Test
  void whoeverLeftTheSetStillGrantsTheRecordsOfItsTimeAndNoOthers() throws Exception {
    Hash old = two.sealed("301010031");
    second.has("warden", Role.ADMIN);
    approves(first, "clerk", putToTheVote(second, "chief", addition(second, "warden")));
    second.logsIn("warden");
    String firstKey = fingerprint(0);
    approves(first, "clerk", putToTheVote(second, "chief", remove(firstKey)));
    assertThat(present().path("keys").findValuesAsText("institution"))
        .containsExactly("hospital-2");
    Hash fresh = two.sealed("301010032");
    TestHospital.Reply mixed = second.post("dr-li", "/requests", askBody(old, fresh));
    assertThat(mixed.status()).isEqualTo(400);
    assertThat(mixed.json().path("detail").asText()).contains("custodianSet");
    String id = two.ask("dr-li", old);
    assertThat(second.post("warden", "/requests/" + id + "/approve", "{}").problem())
        .isEqualTo("custodian-key-needed");
    assertThat(first.post("keeper", "/requests/" + id + "/approve", "{}").status()).isEqualTo(200);
    assertThat(second.get("dr-li", "/requests/" + id + "/records/" + old.hex()).text())
        .isEqualTo(CLEAR);
    String other = two.ask("dr-li", fresh);
    assertThat(first.post("keeper", "/requests/" + other + "/approve", "{}").status())
        .isIn(403, 404);
    assertThat(second.post("warden", "/requests/" + other + "/approve", "{}").status())
        .isEqualTo(200);
  }

  @Test
  void theLastKeyIsNotTakenOut() throws Exception {
    TestHospital.Reply own = first.post("clerk", "/custodians", remove(fingerprint(0)));
    assertThat(own.status()).isEqualTo(409);
    assertThat(own.problem()).isEqualTo("last-custodian");
    assertThat(second.post("chief", "/custodians", remove(fingerprint(0))).status()).isEqualTo(409);
    assertThat(first.post("clerk", "/custodians", remove("ab".repeat(32))).status()).isEqualTo(404);
  }

  @Test
  void aKeyIsProposedWithItsProofAndOnlyByItsOwnInstitution() throws Exception {
    String body = addition(first, "clerk");
    assertThat(second.post("chief", "/custodians", body).problem()).isEqualTo("ledger-refused");
    JsonNode wrong = Json.MAPPER.readTree(body);
    String forged =
        Json.object()
            .put("add", wrong.path("add").asText())
            .put("proof", "00".repeat(64))
            .toString();
    assertThat(first.post("clerk", "/custodians", forged).problem()).isEqualTo("ledger-refused");
    for (String bad :
        List.of("{}", "{\"add\":\"04\",\"proof\":\"00\"}", "{\"add\":\"x\",\"remove\":\"y\"}")) {
      assertThat(first.post("clerk", "/custodians", bad).status()).isEqualTo(400);
    }
    assertThat(second.post("dr-li", "/custodians", body).status()).isEqualTo(403);
    assertThat(first.auditedSubtypes()).contains("custodians:4");
  }

  private static String remove(String fingerprint) {
    return Json.object().put("remove", fingerprint).toString();
  }
}
