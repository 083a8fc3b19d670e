package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.TestHospital.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.users.Role;

/** The signing group of three hospitals over its epochs; hospital-1 issues, hospital-3 opens. */
class GroupStoryTest {
  private static final String NO_BODY = "{}";
  private static final String REVOKE_SECOND = "{\"revoke\":[\"hospital-2\"]}";

  private @TempDir Path folder;
  private TestConsortium consortium;
  private TestHospital issuing;
  private TestHospital second;
  private TestHospital opening;

  @BeforeEach
  void start() throws Exception {
    consortium = new TestConsortium(folder, 3);
    issuing = new TestHospital(consortium, "hospital-1", folder);
    second = new TestHospital(consortium, "hospital-2", folder);
    opening = new TestHospital(consortium, "hospital-3", folder);
    issuing.keeps("issuer.keys", "issuer.gamma.1", consortium.issuer.secret(), "chief");
    opening.keeps("opener.keys", "opener.xi1", consortium.opener.secret(), "opener");
    issuing.has("chief", Role.ADMIN);
    issuing.has("other", Role.ADMIN);
    second.has("two", Role.ADMIN);
    opening.has("opener", Role.ADMIN);
  }

  @AfterEach
  void stop() {
    opening.close();
    second.close();
    issuing.close();
    consortium.close();
  }

  private String state(String institution) throws Exception {
    for (JsonNode each : second.get("two", "/group").json().path("members")) {
      if (each.path("institution").asText().equals(institution)) {
        return each.path("state").asText();
      }
    }
    return "";
  }

  private JsonNode started(String body) throws Exception {
    TestHospital.Reply reply = issuing.post("chief", "/group/epochs", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json();
  }

  private Hash sealed(String author) {
    return consortium.seals(
        author,
        new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "200000005"),
        RecordFormat.HL7V2,
        "MSH|");
  }

  /** Asked at the first, approved by the first and the third. */
  private JsonNode traced(Hash record, String until) throws Exception {
    String ask = Json.object().put("txId", record.hex()).put("justification", "x").toString();
    String id = issuing.post("chief", "/traces", ask).json().path("id").asText();
    issuing.post("chief", "/traces/" + id + "/approve", "");
    opening.post("opener", "/traces/" + id + "/approve", "");
    until(() -> issuing.get("chief", "/traces/" + id).json().path("state").asText().equals(until));
    return issuing.get("chief", "/traces/" + id).json();
  }

  @Test
  void aNewHospitalJoinsAndSealsFromTheNextEpochOn() throws Exception {
    consortium.admits("hospital-4");
    try (TestHospital fourth = new TestHospital(consortium, "hospital-4", folder)) {
      fourth.has("four", Role.ADMIN);
      assertThat(state("hospital-4")).isEqualTo("NOT_JOINED");
      assertThat(fourth.post("four", "/group/join", "").status()).isEqualTo(201);
      assertThat(fourth.post("four", "/group/join", "").problem()).isEqualTo("already-joined");
      assertThat(state("hospital-4")).isEqualTo("JOINED");
      JsonNode epoch = started(NO_BODY);
      assertThat(epoch.path("epoch").asInt()).isEqualTo(2);
      assertThat(epoch.path("members").size()).isEqualTo(4);
      assertThat(state("hospital-4")).isEqualTo("MEMBER");
      Hash record = sealed("hospital-4");
      JsonNode trace = traced(record, "COMPLETED");
      assertThat(trace.path("result").path("institution").asText()).isEqualTo("hospital-4");
      assertThat(trace.path("result").path("judged").asBoolean()).isTrue();
    }
  }

  @Test
  void theRecordsOfARevokedHospitalAreRefusedAndItsEarlierOnesStillTraced() throws Exception {
    Hash earlier = sealed("hospital-2");
    started(REVOKE_SECOND);
    assertThat(state("hospital-2")).isEqualTo("REVOKED");
    int grace = consortium.genesis.parameters().epochGraceBlocks();
    for (int i = 0; i < grace; i++) {
      sealed("hospital-1");
    }
    assertThat(consortium.offers("hospital-2", 1).isOk()).as("its key of epoch 1").isFalse();
    assertThat(consortium.offers("hospital-1", 2).isOk()).isTrue();
    JsonNode trace = traced(earlier, "COMPLETED");
    assertThat(trace.path("result").path("institution").asText()).isEqualTo("hospital-2");
    assertThat(trace.path("result").path("judged").asBoolean()).isTrue();
  }

  @Test
  void whoWasRevokedComesBackOnlyByName() throws Exception {
    started(REVOKE_SECOND);
    started(NO_BODY);
    assertThat(state("hospital-2")).isEqualTo("REVOKED");
    assertThat(issuing.post("chief", "/group/epochs", REVOKE_SECOND).status()).isEqualTo(400);
    started("{\"readmit\":[\"hospital-2\"]}");
    assertThat(state("hospital-2")).isEqualTo("MEMBER");
    assertThat(consortium.offers("hospital-2", 4).isOk()).isTrue();
  }

  @Test
  void onlyTheIssuersHolderStartsAnEpoch() throws Exception {
    assertThat(issuing.post("other", "/group/epochs", NO_BODY).problem())
        .isEqualTo("issuer-key-needed");
    assertThat(second.post("two", "/group/epochs", NO_BODY).problem()).isEqualTo("not-the-issuer");
    assertThat(second.get("two", "/group").json().path("epoch").asInt()).isEqualTo(1);
    assertThat(issuing.get("chief", "/me").json().path("holdsIssuerKey").asBoolean()).isTrue();
    assertThat(issuing.get("other", "/me").json().path("holdsIssuerKey").asBoolean()).isFalse();
    assertThat(issuing.auditedSubtypes()).contains("group-epoch:4");
  }

  @Test
  void aSignerWhomNobodyRegisteredIsToldOfToEverybody() throws Exception {
    Hash record = consortium.sealsAsStranger();
    JsonNode trace = traced(record, "NOT_IN_REGISTRY");
    assertThat(trace.path("result").has("institution")).isFalse();
    assertThat(trace.path("result").path("judged").asBoolean()).isTrue();
    JsonNode elsewhere = second.get("two", "/traces?state=NOT_IN_REGISTRY").json();
    assertThat(elsewhere.path("traces").findValuesAsText("txId")).containsExactly(record.hex());
    assertThat(second.get("two", "/traces?state=APPROVED").json().path("traces")).isEmpty();
  }

  @Test
  void tracesAreListedInPagesNewestFirst() throws Exception {
    String ask =
        Json.object().put("txId", sealed("hospital-1").hex()).put("justification", "x").toString();
    String older = issuing.post("chief", "/traces", ask).json().path("id").asText();
    String newer = second.post("two", "/traces", ask).json().path("id").asText();
    JsonNode first = issuing.get("chief", "/traces?limit=1").json().path("traces");
    assertThat(first.findValuesAsText("id")).containsExactly(newer);
    JsonNode next = issuing.get("chief", "/traces?limit=1&after=" + newer).json().path("traces");
    assertThat(next.findValuesAsText("id")).containsExactly(older);
    assertThat(issuing.get("chief", "/traces?state=COMPLETED").json().path("traces")).isEmpty();
    assertThat(issuing.get("chief", "/traces?limit=1001").status()).isEqualTo(400);
    assertThat(issuing.get("chief", "/traces/" + older + "/proof").problem())
        .isEqualTo("no-result");
  }
}
