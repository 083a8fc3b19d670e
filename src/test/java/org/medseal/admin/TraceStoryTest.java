package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.TestHospital.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditTrail;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.tracing.TraceProof;
import org.medseal.users.Role;

/** Tracing among three hospitals; hospital-3 is the opener. */
class TraceStoryTest {
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital first;
  private static TestHospital second;
  private static TestHospital opener;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 3);
    first = new TestHospital(consortium, "hospital-1", folder);
    second = new TestHospital(consortium, "hospital-2", folder);
    opener = new TestHospital(consortium, "hospital-3", folder);
    opener.keeps("opener.keys", "opener.xi1", consortium.opener.secret(), "opening");
    first.has("one", Role.ADMIN);
    second.has("two", Role.ADMIN);
    opener.has("other", Role.ADMIN);
    opener.has("opening", Role.ADMIN);
  }

  @AfterAll
  static void stop() {
    opener.close();
    second.close();
    first.close();
    consortium.close();
  }

  private static Hash sealedBySecond() {
    return consortium.seals(
        "hospital-2",
        new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "200000001"),
        RecordFormat.HL7V2,
        "MSH|");
  }

  private static String traced(Hash record) throws Exception {
    TestHospital.Reply reply =
        first.post(
            "one",
            "/traces",
            Json.object().put("txId", record.hex()).put("justification", "falsified").toString());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().path("id").asText();
  }

  @Test
  void twoApprovalsAndTheOpenersKeyNameTheSigner() throws Exception {
    Hash record = sealedBySecond();
    String id = traced(record);
    assertThat(first.post("one", "/traces/" + id + "/approve", "").status()).isEqualTo(200);
    assertThat(opener.get("opening", "/traces/" + id).json().path("state").asText())
        .isEqualTo("OPEN");
    assertThat(second.post("two", "/traces/" + id + "/approve", "").status()).isEqualTo(200);
    JsonNode shown = completed(first, "one", id);
    assertThat(shown.path("txId").asText()).isEqualTo(record.hex());
    assertThat(shown.path("result").path("institution").asText()).isEqualTo("hospital-2");
    assertThat(shown.path("result").path("judged").asBoolean()).isTrue();
    assertThat(second.get("two", "/traces/" + id).json().has("result")).isTrue();
    until(() -> opener.auditedSubtypes().contains("trace-open:0"));

    TraceProof exported =
        TraceProof.parse(Json.MAPPER.writeValueAsBytes(shown.path("result").path("proof")))
            .orElseThrow();
    assertThat(exported.judge(consortium.genesis)).isTrue();
    assertThat(TraceProof.parse(exported.exported())).contains(exported);
    assertThat(TraceProof.parse("{\"recordId\":\"00\"}".getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }

  @Test
  void aPartyThatNeitherAskedNorApprovedSeesNoResult() throws Exception {
    String id = traced(sealedBySecond());
    first.post("one", "/traces/" + id + "/approve", "");
    second.post("two", "/traces/" + id + "/approve", "");
    JsonNode shown = completed(opener, "other", id);
    assertThat(shown.has("result")).isFalse();
  }

  @Test
  void oneApprovalOpensNothing() throws Exception {
    String id = traced(sealedBySecond());
    first.post("one", "/traces/" + id + "/approve", "");
    opener.logsIn("opening");
    assertThat(first.get("one", "/traces/" + id).json().path("state").asText()).isEqualTo("OPEN");
    assertThat(first.post("one", "/traces/" + id + "/approve", "").problem())
        .isEqualTo("already-approved");
  }

  @Test
  void aChangedProofIsNotJudgedTrue() throws Exception {
    Hash record = sealedBySecond();
    String id = traced(record);
    first.post("one", "/traces/" + id + "/approve", "");
    second.post("two", "/traces/" + id + "/approve", "");
    JsonNode proof = completed(first, "one", id).path("result").path("proof");

    ObjectNode otherRecord = proof.deepCopy();
    otherRecord.put("recordId", sealedBySecond().hex());
    assertThat(judged(otherRecord)).isFalse();

    ObjectNode otherInstitution = proof.deepCopy();
    ((ObjectNode) otherInstitution.path("named")).put("institution", "hospital-1");
    assertThat(judged(otherInstitution)).isFalse();

    ObjectNode otherSignature = proof.deepCopy();
    String signature = proof.path("named").path("memberSignature").asText();
    ((ObjectNode) otherSignature.path("named"))
        .put("memberSignature", signature.substring(2) + "00");
    assertThat(judged(otherSignature)).isFalse();

    ObjectNode otherCommitment = proof.deepCopy();
    ((ObjectNode) otherCommitment.path("named"))
        .put("commitment", consortium.genesis.members().get(0).commitment().hex());
    assertThat(judged(otherCommitment)).isFalse();

    ObjectNode otherExpiry = proof.deepCopy();
    ((ObjectNode) otherExpiry.path("core")).put("expiryHeight", 1);
    assertThat(judged(otherExpiry)).isFalse();

    ObjectNode otherChain = proof.deepCopy();
    ((ObjectNode) otherChain.path("core")).put("chainId", "x".repeat(500));
    assertThat(judged(otherChain)).isFalse();

    ObjectNode otherJoin = proof.deepCopy();
    GroupMember forged = withoutJoinProof(consortium.genesis.members().get(1));
    ((ObjectNode) otherJoin.path("named"))
        .put("commitmentProof", forged.proof().hex())
        .put("memberSignature", forged.signature().hex());
    assertThat(judged(otherJoin)).as("signed, but no proof of joining").isFalse();

    ObjectNode garbage = proof.deepCopy();
    garbage.put("openingProof", "zz");
    assertThat(judged(garbage)).isFalse();
    assertThat(judged(proof.deepCopy())).isTrue();
  }

  @Test
  void aLoneInstitutionNeedsTwoPeople(@TempDir Path lonely) throws Exception {
    try (TestConsortium single = new TestConsortium(lonely, 1);
        TestHospital hospital = new TestHospital(single, "hospital-1", lonely)) {
      hospital.keeps("opener.keys", "opener.xi1", single.opener.secret(), "ann");
      hospital.has("ann", Role.ADMIN);
      hospital.has("bob", Role.ADMIN);
      String id = traced(single, hospital);
      hospital.post("ann", "/traces/" + id + "/approve", "");
      hospital.post("ann", "/traces/" + id + "/approve", "");
      JsonNode once = hospital.get("ann", "/traces/" + id).json();
      assertThat(once.path("state").asText()).isEqualTo("OPEN");
      assertThat(once.path("approvalsHere").asInt()).isEqualTo(1);
      hospital.post("bob", "/traces/" + id + "/approve", "");
      JsonNode twice = completed(hospital, "ann", id);
      assertThat(twice.path("result").path("institution").asText()).isEqualTo("hospital-1");
    }
  }

  @Test
  void aResultOnItsWayIsNotSubmittedAgain(@TempDir Path lonely) throws Exception {
    try (TestConsortium single = new TestConsortium(lonely, 1)) {
      try (TestHospital hospital = new TestHospital(single, "hospital-1", lonely)) {
        hospital.keeps("opener.keys", "opener.xi1", single.opener.secret(), "ann");
        hospital.has("ann", Role.ADMIN);
        hospital.has("bob", Role.ADMIN);
        String id = traced(single, hospital);
        hospital.post("ann", "/traces/" + id + "/approve", "");
        hospital.post("ann", "/auth/logout", "");
        hospital.post("bob", "/traces/" + id + "/approve", "");
        single.chain.hold();
        hospital.logsIn("ann");
        until(() -> single.chain.waiting(Action.TraceResult.class) > 0);
        hospital.logsIn("ann");
        assertThat(hospital.get("bob", "/traces/" + id).json().path("state").asText())
            .isEqualTo("APPROVED");
      }
      assertThat(single.chain.waiting(Action.TraceResult.class)).isEqualTo(1);
    }
  }

  @Test
  void aTraceThatFailsIsTriedAgainOnlyAtTheNextLogin(@TempDir Path lonely) throws Exception {
    try (TestConsortium single = new TestConsortium(lonely, 1)) {
      Path trail;
      try (TestHospital hospital = new TestHospital(single, "hospital-1", lonely)) {
        trail = hospital.home.resolve("audit");
        SecretBytes wrong = Opener.setUp("elsewhere", new SecureRandom()).opener().secret();
        hospital.keeps("opener.keys", "opener.xi1", wrong, "ann");
        hospital.has("ann", Role.ADMIN);
        hospital.has("bob", Role.ADMIN);
        String first = traced(single, hospital);
        approved(hospital, first);
        until(() -> failures(hospital.audit) == 1);
        hospital.get("bob", "/traces/" + first);
        String second = traced(single, hospital);
        approved(hospital, second);
        until(() -> failures(hospital.audit) >= 2);
        hospital.logsIn("bob");
        hospital.logsIn("ann");
        until(() -> failures(hospital.audit) >= 4);
      }
      try (AuditTrail audit = AuditTrail.open(trail)) {
        assertThat(failures(audit)).isEqualTo(4);
      }
    }
  }

  @Test
  void anOpeningThatFailsUnexpectedlyLeavesAnEntryAndTheNextIsOpened(@TempDir Path lonely)
      throws Exception {
    try (TestConsortium single = new TestConsortium(lonely, 1);
        TestHospital hospital = new TestHospital(single, "hospital-1", lonely)) {
      hospital.keeps("opener.keys", "opener.xi1", single.opener.secret(), "ann");
      hospital.has("ann", Role.ADMIN);
      hospital.has("bob", Role.ADMIN);
      String first = traced(single, hospital);
      hospital.ledger.failsNext(Action.TraceResult.class);
      approved(hospital, first);
      until(() -> failures(hospital.audit) == 1);
      assertThat(hospital.auditText()).contains("\"outcomeDesc\":\"internal\"");
      assertThat(hospital.auditedSubtypes()).contains("trace-open:");
      String second = traced(single, hospital);
      approved(hospital, second);
      completed(hospital, "bob", second);
      assertThat(hospital.get("bob", "/traces/" + first).json().path("state").asText())
          .isEqualTo("APPROVED");
      hospital.logsIn("ann");
      completed(hospital, "bob", first);
    }
  }

  private static void approved(TestHospital hospital, String id) throws Exception {
    hospital.post("ann", "/traces/" + id + "/approve", "");
    hospital.post("bob", "/traces/" + id + "/approve", "");
  }

  private static long failures(AuditTrail audit) throws Exception {
    JsonNode entries =
        Json.MAPPER.readTree(new AuditEvents(audit, "x", "/").bundle(0, 1000)).path("entry");
    long failures = 0;
    for (JsonNode entry : entries) {
      JsonNode event = entry.path("resource");
      failures +=
          event.at("/subtype/0/code").asText().equals("trace-open")
                  && event.path("outcome").asText().equals("4")
              ? 1
              : 0;
    }
    return failures;
  }

  private static String traced(TestConsortium single, TestHospital hospital) throws Exception {
    Hash record =
        single.seals(
            "hospital-1",
            new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "200000002"),
            RecordFormat.FHIR,
            "{}");
    String ask = Json.object().put("txId", record.hex()).put("justification", "x").toString();
    return hospital.post("ann", "/traces", ask).json().path("id").asText();
  }

  private static JsonNode completed(TestHospital hospital, String login, String id)
      throws Exception {
    String trace = "/traces/" + id;
    until(() -> hospital.get(login, trace).json().path("state").asText().equals("COMPLETED"));
    return hospital.get(login, trace).json();
  }

  @Test
  void onlyARecordCanBeTraced() throws Exception {
    String id = traced(sealedBySecond());
    String body = Json.object().put("txId", id).put("justification", "x").toString();
    assertThat(first.post("one", "/traces", body).status()).isEqualTo(404);
  }

  /** The same with another proof, which the institution has signed. */
  private static GroupMember withoutJoinProof(GroupMember member) {
    byte[] proof = member.proof().toArray();
    proof[proof.length - 1] ^= 1;
    GroupMember unsigned =
        new GroupMember(
            member.institution(),
            member.commitment(),
            Bytes.of(proof),
            member.nonce(),
            member.signature());
    byte[] signature =
        consortium
            .secrets
            .get(member.institution())
            .signing()
            .sign(Transactions.groupMemberSignBytes(TestConsortium.CHAIN, unsigned));
    return new GroupMember(
        member.institution(),
        member.commitment(),
        unsigned.proof(),
        member.nonce(),
        Bytes.of(signature));
  }

  private static boolean judged(ObjectNode proof) throws Exception {
    return Json.MAPPER.treeToValue(proof, TraceProof.class).judge(consortium.genesis);
  }
}
