package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.users.Role;

class MessageCallsTest {
  private static final String NAME = "Zwackelmannsdottir";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    hospital.has("operator", Role.OPERATOR);
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  @Test
  void aMessageIsShownWithoutItsContent() throws Exception {
    String id = keptBack("lab", "1");
    TestHospital.Reply shown = hospital.get("operator", "/messages/" + id);
    assertThat(shown.json().path("reason").asText()).isEqualTo("UNKNOWN_AUTHORITY");
    assertThat(shown.json().path("sentence").asText()).contains("identifiers.yaml");
    assertThat(shown.json().path("conflict").asBoolean()).isFalse();
    assertThat(shown.text()).doesNotContain(NAME);
    assertThat(hospital.get("operator", "/messages/nobody").status()).isEqualTo(404);
  }

  @Test
  void whatWasReceivedIsRevealedAndTheAuditNamesWhoSawIt() throws Exception {
    String id = keptBack("lab", "2");
    TestHospital.Reply content = hospital.get("operator", "/messages/" + id + "/content");
    assertThat(content.text()).isEqualTo(message("2"));
    assertThat(content.response().headers().firstValue("content-length"))
        .as("sent part by part, as documents are")
        .isEmpty();
    assertThat(hospital.auditText()).contains("message-reveal", id);
  }

  @Test
  void aDryRunSaysWhatWouldBecomeOfItAndChangesNothing() throws Exception {
    String id = keptBack("lab", "3");
    TestHospital.Reply run = hospital.get("operator", "/messages/" + id + "/dry-run");
    assertThat(run.json().path("different").asBoolean()).isTrue();
    assertThat(run.json().path("diff"))
        .extracting(JsonNode::asText)
        .containsExactly("- QUARANTINED UNKNOWN_AUTHORITY PID-3", "+ RELEASED 1 record");
    assertThat(run.json().path("explain"))
        .extracting(line -> line.path("place").asText())
        .contains("PID-5");
    assertThat(run.text()).doesNotContain(NAME);
    assertThat(hospital.messages.find(id).orElseThrow().state())
        .isEqualTo(MessageState.QUARANTINED);
  }

  @Test
  void someArePutBackAtOnceByReasonAndFeed() throws Exception {
    final String wanted = keptBack("icu", "4");
    final String other = keptBack("icu-2", "5");
    TestHospital.Reply done =
        hospital.post(
            "operator",
            "/messages/reprocess",
            "{\"state\":\"QUARANTINED\",\"reason\":\"UNKNOWN_AUTHORITY\",\"feed\":\"icu\"}");
    assertThat(done.json().path("reprocessed").asInt()).isEqualTo(1);
    assertThat(hospital.messages.find(wanted).orElseThrow().state())
        .isEqualTo(MessageState.RECEIVED);
    assertThat(hospital.messages.find(other).orElseThrow().state())
        .isEqualTo(MessageState.QUARANTINED);
    assertThat(hospital.post("operator", "/messages/reprocess", "{\"state\":\"SEALED\"}").status())
        .isEqualTo(400);
  }

  private static String keptBack(String feed, String patient) {
    byte[] raw = message(patient).getBytes(StandardCharsets.UTF_8);
    String id =
        hospital.messages.receive(feed, Format.HL7V2, raw, Optional.empty(), Optional.empty()).id();
    hospital.messages.quarantined(id, QuarantineReason.UNKNOWN_AUTHORITY, "PID-3");
    return id;
  }

  private static String message(String patient) {
    return "MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|1||4815162"
        + patient
        + "^^^ELSEWHERE^MR||"
        + NAME
        + "^W\r";
  }
}
