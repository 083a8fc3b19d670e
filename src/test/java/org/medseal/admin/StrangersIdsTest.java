package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.users.Role;

/**
 * Ids of what belongs to somebody, sent by whoever has the role but not the right: every path of
 * the document that has a parameter is in the table below, and nothing is said, opened or changed.
 */
class StrangersIdsTest {
  private static final OpenApi API = OpenApi.load();
  private static final RequestSamples SAMPLES = new RequestSamples(API);
  private static final String JUSTIFICATION = "second opinion of Qingzhu";

  /** On every node's copy of the ledger, for every role that may make the call. */
  private static final Set<String> OPEN_TO_THE_ROLE = Set.of("/records", "/ledger", "/observe");

  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital custodian;
  private static TestHospital asking;
  private static TestHospital elsewhere;
  private static String open;

  /** By the path's first part: the parameters of what is real, and where it belongs. */
  private static final Map<String, Owned> OWNED = new HashMap<>();

  /**
   * @param strangers who may make such calls but not about this
   */
  private record Owned(Map<String, String> parameters, List<Stranger> strangers) {}

  private record Stranger(TestHospital at, String login) {}

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 3);
    custodian = new TestHospital(consortium, "hospital-1", folder);
    asking = new TestHospital(consortium, "hospital-2", folder);
    elsewhere = new TestHospital(consortium, "hospital-3", folder);
    custodian.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
    custodian.has("keeper", Role.ADMIN);
    asking.has("chief", Role.ADMIN, Role.OPERATOR);
    asking.has("dr-li", Role.PHYSICIAN);
    asking.has("dr-wu", Role.PHYSICIAN);
    elsewhere.has("anybody", Role.ADMIN, Role.PHYSICIAN, Role.OPERATOR, Role.AUDITOR);
    Stranger other = new Stranger(elsewhere, "anybody");
    Stranger colleague = new Stranger(asking, "dr-wu");

    Hash record =
        consortium.seals(
            "hospital-1",
            new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "301010001"),
            RecordFormat.HL7V2,
            "MSH|");
    String request = granted(record);
    open = asked(record);
    OWNED.put(
        "/requests",
        new Owned(Map.of("id", request, "txId", record.hex()), List.of(other, colleague)));
    OWNED.put(
        "/users",
        new Owned(
            Map.of("id", asking.users.findByLogin("dr-li").orElseThrow().id()), List.of(other)));
    OWNED.put("/messages", new Owned(Map.of("id", quarantined()), List.of(other)));
    asking.feedStates.put("ward", "RUNNING");
    OWNED.put("/feeds", new Owned(Map.of("id", "ward"), List.of(other)));
    OWNED.put("/traces", new Owned(Map.of("id", traced(record)), List.of(other)));
    sessions().ifPresent(id -> OWNED.put("/me", new Owned(Map.of("id", id), List.of(colleague))));
  }

  @AfterAll
  static void stop() {
    elsewhere.close();
    asking.close();
    custodian.close();
    consortium.close();
  }

  private static String asked(Hash record) throws Exception {
    ObjectNode body = Json.object().put("purpose", "TREATMENT").put("justification", JUSTIFICATION);
    body.putArray("txIds").add(record.hex());
    return asking.post("dr-li", "/requests", body.toString()).json().path("id").asText();
  }

  private static String granted(Hash record) throws Exception {
    String id = asked(record);
    assertThat(custodian.post("keeper", "/requests/" + id + "/approve", "{}").status())
        .isEqualTo(200);
    return id;
  }

  private static String quarantined() {
    byte[] content = "MSH|Qingzhu".getBytes(StandardCharsets.UTF_8);
    String id =
        asking
            .messages
            .receive("ward", Format.HL7V2, content, Optional.empty(), Optional.empty())
            .id();
    asking.messages.quarantined(id, QuarantineReason.NO_PATIENT_IDENTIFIER, "PID-3");
    return id;
  }

  private static String traced(Hash record) throws Exception {
    String body =
        Json.object().put("txId", record.hex()).put("justification", JUSTIFICATION).toString();
    return asking.post("chief", "/traces", body).json().path("id").asText();
  }

  private static Optional<String> sessions() throws Exception {
    JsonNode listed = asking.get("dr-li", "/me/sessions").json().path("sessions");
    return Optional.ofNullable(listed.path(0).path("id").textValue());
  }

  private static String firstPart(OpenApi.Operation call) {
    return call.path().replaceAll("^(/[a-z]+).*", "$1");
  }

  @Test
  void everyPathWithAnIdHasAnOwnerOrIsOpenToItsRoles() {
    Set<String> unknown = new TreeSet<>();
    for (OpenApi.Operation call : API.operations()) {
      String first = firstPart(call);
      if (!call.pathParameters().isEmpty()
          && !OPEN_TO_THE_ROLE.contains(first)
          && !OWNED.containsKey(first)) {
        unknown.add(call.toString());
      }
    }
    assertThat(unknown).as("say above whose these ids are").isEmpty();
  }

  @Test
  void whoHasNoRightToItLearnsNothingAndChangesNothing() throws Exception {
    int tried = 0;
    for (OpenApi.Operation call : API.operations()) {
      Owned owned = OWNED.get(firstPart(call));
      if (owned == null || call.pathParameters().isEmpty()) {
        continue;
      }
      for (Stranger stranger : owned.strangers()) {
        tried++;
        assertRefused(call, stranger, owned.parameters());
        if (call.path().startsWith("/requests")) {
          Map<String, String> undecided = new HashMap<>(owned.parameters());
          undecided.put("id", open);
          assertRefused(call, stranger, undecided);
        }
      }
    }
    assertThat(tried).isGreaterThan(20);
    assertUnchanged();
  }

  private static void assertRefused(
      OpenApi.Operation call, Stranger stranger, Map<String, String> parameters) throws Exception {
    TestHospital.Reply reply =
        stranger
            .at()
            .call(
                stranger.at().token(stranger.login()),
                call.method(),
                SAMPLES.path(call, parameters),
                SAMPLES.body(call));
    String what = call + " by " + stranger.login() + ": " + reply.text();
    if (call.path().startsWith("/traces")) { // any institution may weigh and approve it
      assertThat(reply.text()).as(what).doesNotContain("\"result\"", "\"proof\"");
      return;
    }
    assertThat(reply.text()).as(what).doesNotContain("Qingzhu", "MSH|", "dr-li");
    if (!reply.problemIfAny().equals("already-decided")) { // which any copy of the ledger tells
      assertThat(reply.status()).as(what).isIn(403, 404);
    }
  }

  private static void assertUnchanged() throws Exception {
    Map<String, String> request = OWNED.get("/requests").parameters();
    String path = "/requests/" + request.get("id");
    assertThat(asking.get("dr-li", path).json().path("state").asText()).isEqualTo("APPROVED");
    assertThat(asking.get("dr-li", "/requests/" + open).json().path("state").asText())
        .isEqualTo("OPEN");
    assertThat(asking.get("dr-li", path + "/records/" + request.get("txId")).text())
        .isEqualTo("MSH|");
    String message = "/messages/" + OWNED.get("/messages").parameters().get("id");
    assertThat(asking.get("chief", message).json().path("state").asText()).isEqualTo("QUARANTINED");
    assertThat(asking.feedStates).containsEntry("ward", "RUNNING");
    assertThat(asking.get("dr-li", "/me").status()).as("session and user stand").isEqualTo(200);
  }

  @Test
  void whatDoesNotExistAndWhatIsNotYoursLookAlike() throws Exception {
    String path = "/requests/" + OWNED.get("/requests").parameters().get("id");
    String none = "/requests/" + "ab".repeat(32);
    assertThat(asking.get("dr-wu", path).text()).isEqualTo(asking.get("dr-wu", none).text());
  }
}
