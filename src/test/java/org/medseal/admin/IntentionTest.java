package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.state;
import static org.medseal.admin.TestHospital.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.model.Action;
import org.medseal.users.Role;

/** What people do on the ledger stands in the trail before the ledger hears of it. */
class IntentionTest extends AtTwoHospitals {
  @Test
  void whoIsKilledBetweenGrantAndBlockHasTheIntentOnDisk() throws Exception {
    String id = two.ask("dr-li", two.sealed("501010001"));
    two.consortium.chain.hold();
    FutureTask<TestHospital.Reply> reply = new FutureTask<>(() -> approve(id));
    new Thread(reply, "approving").start();
    until(() -> two.consortium.chain.waiting(Action.AccessDecision.class) == 1);
    List<JsonNode> killed = entries(asAKilledNodeLeavesIt());
    two.consortium.chain.release();
    assertThat(killed.get(0).at("/subtype/0/code").asText()).isEqualTo("approve");
    assertThat(killed.get(0).path("outcomeDesc").asText()).isEqualTo("intended");
    assertThat(killed.get(0).has("outcome")).isFalse();
    assertThat(fact(killed.get(0), "id")).contains(id);

    assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    String decision = reply.get().json().path("id").asText();
    assertThat(fact(killed.get(0), "transaction")).contains(decision);
    JsonNode done = newest(two.custodian);
    assertThat(done.path("outcome").asText()).isEqualTo("0");
    assertThat(fact(done, "transaction")).contains(decision);
    assertThat(fact(done, "committed")).isEmpty();
  }

  private TestHospital.Reply approve(String id) throws Exception {
    return two.custodian.post("keeper", "/requests/" + id + "/approve", "{}");
  }

  private Path asAKilledNodeLeavesIt() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("killed"));
    try (Stream<Path> files = Files.list(two.custodian.home.resolve("audit"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void whatCannotBeWrittenDownIsNotSent() throws Exception {
    String id = two.ask("dr-li", two.sealed("501010002"));
    two.custodian.audit.close();
    assertThat(approve(id).status()).isEqualTo(500);
    assertThat(state(two.asking, "dr-li", id)).isEqualTo("OPEN");
  }

  @Test
  void whatTheLedgerRefusesIsIntendedAndThenRefused() throws Exception {
    String body = Json.object().put("kind", "REMOVAL").put("institution", "hospital-1").toString();
    TestHospital.Reply reply = two.asking.post("chief", "/ledger/governance", body);
    assertThat(reply.problem()).isEqualTo("ledger-refused");
    assertThat(entries(two.asking).subList(0, 2))
        .extracting(each -> each.path("outcomeDesc").asText())
        .containsExactly("ledger-refused", "intended");
    two.asking.has("auditor", Role.AUDITOR);
    assertThat(found("refused")).isEqualTo(1);
    assertThat(found("intended")).isEqualTo(1);
    assertThat(found("ok")).isZero();
  }

  private int found(String outcome) throws Exception {
    String query = "/audit?action=governance-propose&outcome=" + outcome;
    return two.asking.get("auditor", query).json().path("total").asInt();
  }

  private static JsonNode newest(TestHospital hospital) {
    return entries(hospital).get(0);
  }

  private static List<JsonNode> entries(TestHospital hospital) {
    return entries(new AuditEvents(hospital.audit, hospital.name, "/"));
  }

  private static List<JsonNode> entries(Path folder) {
    try (AuditTrail trail = AuditTrail.open(folder)) {
      return entries(new AuditEvents(trail, "killed", "/"));
    }
  }

  private static List<JsonNode> entries(AuditEvents events) {
    try {
      return Json.MAPPER.readTree(events.bundle(0, 1000)).findValues("resource");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> fact(JsonNode event, String name) {
    for (JsonNode detail : event.at("/entity/0/detail")) {
      if (detail.path("type").asText().endsWith(":" + name)) {
        return Optional.of(detail.path("valueString").asText());
      }
    }
    return Optional.empty();
  }
}
