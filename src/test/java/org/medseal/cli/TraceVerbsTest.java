package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.app.Instance;
import org.medseal.cli.HomeForVerbs.Said;

/** Tracing and the signing group by command line, on a real ledger; proofs judged without it. */
class TraceVerbsTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static @TempDir Path folder;
  private static HomeForVerbs hospital;
  private static Instance running;
  private static int sent;

  @BeforeAll
  static void start() throws IOException {
    hospital = new HomeForVerbs(folder);
    running = hospital.start();
    hospital.has("operator", "OPERATOR");
    hospital.has("second", "ADMIN");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static JsonNode ok(Said said) throws IOException {
    assertThat(said.exit()).as(said.err() + said.out()).isZero();
    return said.json();
  }

  private static String sealed() throws IOException {
    int number = ++sent;
    String text =
        "MSH|^~\\&|A|B|C|D|20240101||ADT^A01^ADT_A01|T"
            + number
            + "|P|2.5\rEVN|A01|20240101\rPID|1||5815"
            + number
            + "^^^WARD^MR||Testperson^W||19700101|F\rPV1|1|I\r";
    assertThat(hospital.send(text)).contains("MSA|AA");
    long latest = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < latest) {
      JsonNode found =
          ok(hospital.as("operator", "messages", "list", "--state", "COMMITTED")).path("messages");
      if (found.size() >= number) {
        return found.get(number - 1).path("records").get(0).path("txId").asText();
      }
    }
    throw new AssertionError("message " + number + " is not committed");
  }

  /** Asked, approved by two, and opened by the opener's session. */
  private static String traced(String record) throws IOException {
    String id =
        ok(hospital.as("chief", "trace", "create", "--tx", record, "--justification", "a test"))
            .path("id")
            .asText();
    ok(hospital.as("second", "trace", "approve", id));
    ok(hospital.as("chief", "trace", "approve", id));
    long latest = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < latest) {
      JsonNode trace = ok(hospital.as("chief", "trace", "show", id));
      if (trace.path("state").asText().equals("COMPLETED")) {
        assertThat(trace.path("result").path("judged").asBoolean()).isTrue();
        return id;
      }
    }
    throw new AssertionError("the trace is not completed");
  }

  private static Path proof(String id, String name, String... more) throws IOException {
    Path file = folder.resolve(name);
    String[] words = new String[5 + more.length];
    System.arraycopy(new String[] {"trace", "proof", id, "--out", file.toString()}, 0, words, 0, 5);
    System.arraycopy(more, 0, words, 5, more.length);
    ok(hospital.as("chief", words));
    return file;
  }

  private static Said judged(Path file, String option, String value) {
    return HomeForVerbs.say("trace", "judge", file.toString(), option, value, "--json");
  }

  private static String genesis() {
    return hospital.home.genesisFile().toString();
  }

  @Test
  void aProofIsJudgedWithNothingButTheFileAndTheGenesis() throws IOException {
    String record = sealed();
    String id = traced(record);
    Path file = proof(id, "first.trace");
    JsonNode judged = ok(judged(file, "--genesis", genesis()));
    assertThat(judged.path("institution").asText()).isEqualTo("hospital-1");
    assertThat(judged.path("recordId").asText()).isEqualTo(record);
    String text = Files.readString(file);
    Path other = folder.resolve("changed.trace");
    Files.writeString(
        other, text.replace("\"institution\":\"hospital-1\"", "\"institution\":\"x\""));
    assertThat(judged(other, "--genesis", genesis()).exit()).isEqualTo(1);
    Files.writeString(other, text.replace("\"record\":", "\"record\": "));
    assertThat(judged(other, "--genesis", genesis()).exit()).as("reformatted").isEqualTo(1);
    JsonNode listed = ok(hospital.as("chief", "trace", "list", "--state", "completed"));
    assertThat(listed.path("traces").findValuesAsText("id")).contains(id);
    assertThat(listed.toString()).doesNotContain("memberSignature");
  }

  @Test
  void aRecordOfALaterEpochIsJudgedFromACheckpointAlone() throws IOException {
    int before = ok(hospital.as("chief", "group", "show")).path("epoch").asInt();
    Said joined = hospital.as("chief", "group", "join");
    assertThat(joined.err()).contains("409");
    ok(hospital.as("chief", "group", "epoch"));
    assertThat(ok(hospital.as("chief", "group", "show")).path("epoch").asInt())
        .isEqualTo(before + 1);
    String record = sealed();
    String id = traced(record);
    JsonNode ledger = ok(hospital.at("ledger", "checkpoint"));
    String checkpoint = ledger.path("checkpoint").asText();
    assertThat(checkpoint).contains(":");
    Path file = proof(id, "later.trace", "--checkpoint", checkpoint.split(":", 2)[0]);
    assertThat(ok(judged(file, "--checkpoint", checkpoint)).path("institution").asText())
        .isEqualTo("hospital-1");
    JsonNode judged = ok(judged(file, "--genesis", genesis()));
    assertThat(judged.path("epoch").asInt()).isEqualTo(before + 1);
    String wrong = checkpoint.split(":", 2)[0] + ":" + "0".repeat(64);
    assertThat(judged(file, "--checkpoint", wrong).exit()).isEqualTo(1);
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Path cut = folder.resolve("cut.trace");
    Files.writeString(cut, text.replaceAll(",\"epochStart\":.*", "}\n"));
    assertThat(judged(cut, "--genesis", genesis()).exit()).as("without its epoch").isEqualTo(1);
  }

  @Test
  void whoDoesNotHoldTheIssuersKeyStartsNoEpoch() throws IOException {
    Said refused = hospital.as("second", "group", "epoch");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("issuer's key");
    Said nobody = hospital.as("chief", "group", "epoch", "--revoke", "hospital-1");
    assertThat(nobody.err()).contains("needs a member");
  }
}
