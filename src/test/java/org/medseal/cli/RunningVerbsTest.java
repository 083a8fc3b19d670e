package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.app.Instance;
import org.medseal.cli.HomeForVerbs.Said;

/** Verbs for people and feeds against an institution that runs. */
class RunningVerbsTest {
  private static @TempDir Path folder;
  private static HomeForVerbs hospital;
  private static Instance running;

  @BeforeAll
  static void start() throws IOException {
    hospital = new HomeForVerbs(folder);
    running = hospital.start();
    hospital.has("operator", "OPERATOR");
    hospital.has("dr-li", "PHYSICIAN");
    assertThat(hospital.send(admission(1))).contains("MSA|AA");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String admission(int number) {
    return "MSH|^~\\&|A|B|C|D|20240101||ADT^A01^ADT_A01|"
        + number
        + "|P|2.5\rEVN|A01|20240101\rPID|1||4815"
        + number
        + "^^^WARD^MR||Testperson^W||19700101|F\rPV1|1|I\r";
  }

  /** About nobody MedSeal could name. */
  private static String nameless() {
    return "MSH|^~\\&|A|B|C|D|20240101||ADT^A01^ADT_A01|"
        + UUID.randomUUID().toString().substring(0, 12)
        + "|P|2.5\rEVN|A01|20240101\rPID|1||||Testperson^W\rPV1|1|I\r";
  }

  private static JsonNode ok(Said said) throws IOException {
    assertThat(said.exit()).as(said.err()).isZero();
    return said.json();
  }

  /** What another thread brings about, at latest within a minute. */
  private static JsonNode firstMessage(String state) throws IOException {
    long latest = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (System.nanoTime() < latest) {
      JsonNode found =
          ok(hospital.as("operator", "messages", "list", "--state", state)).path("messages");
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    throw new AssertionError("no message is " + state);
  }

  private static String committed() throws IOException {
    return firstMessage("COMMITTED").path("records").get(0).path("txId").asText();
  }

  @Test
  void feedsSayWhatTheyBroughtAndAreStoppedAndStarted() throws IOException {
    JsonNode mllp = feed(ok(hospital.as("operator", "feeds")), "mllp");
    assertThat(mllp.path("state").asText()).isEqualTo("RUNNING");
    assertThat(mllp.path("received").asLong()).isPositive();
    assertThat(mllp.path("lastMessageAt").asText()).startsWith("20");
    String folderFeed = "hl7-folder";
    assertThat(state(hospital.as("operator", "feeds", "pause", folderFeed), folderFeed))
        .isEqualTo("PAUSED");
    assertThat(state(hospital.as("operator", "feeds", "resume", folderFeed), folderFeed))
        .isEqualTo("RUNNING");
    assertThat(hospital.as("operator", "feeds", "pause", "nothing").exit()).isEqualTo(1);
    assertThat(hospital.as("operator", "feeds", "pause").exit()).isEqualTo(2);
    assertThat(hospital.as("chief", "feeds").exit()).isEqualTo(1);
  }

  private static String state(Said said, String id) throws IOException {
    return feed(ok(said), id).path("state").asText();
  }

  private static JsonNode feed(JsonNode answer, String id) {
    for (JsonNode feed : answer.path("feeds")) {
      if (feed.path("id").asText().equals(id)) {
        return feed;
      }
    }
    throw new AssertionError("no feed " + id + " in " + answer);
  }

  @Test
  void aKeptBackMessageIsListedShownTriedAndProcessedAgain() throws IOException {
    assertThat(hospital.send(nameless())).contains("MSA|AA");
    JsonNode kept = firstMessage("QUARANTINED");
    String id = kept.path("id").asText();
    assertThat(kept.path("sentence").asText()).isNotBlank();
    assertThat(ok(hospital.as("operator", "messages", "show", id)).path("id").asText())
        .isEqualTo(id);
    Path file = folder.resolve("content-" + UUID.randomUUID());
    ok(hospital.as("operator", "messages", "show", id, "--content", file.toString()));
    assertThat(Files.readString(file)).contains("Testperson");
    JsonNode tried =
        ok(hospital.as("operator", "messages", "reprocess", id, "--dry-run")).path("messages");
    assertThat(tried.get(0).path("different").asBoolean()).isFalse();
    assertThat(tried.get(0).path("places").isArray()).isTrue();
    assertThat(tried.toString()).doesNotContain("Testperson");
    assertThat(ok(hospital.as("operator", "messages", "reprocess", id)).path("reprocessed").asInt())
        .isEqualTo(1);
    assertThat(hospital.as("operator", "messages", "show", "nobody").exit()).isEqualTo(1);
  }

  @Test
  void aSelectionTakesWhatCameInItsTimeAndNothingElse() throws IOException {
    assertThat(hospital.send(nameless())).contains("MSA|AA");
    firstMessage("QUARANTINED");
    assertThat(reprocessed("--until", "2020-01-01T00:00:00Z")).isZero();
    assertThat(reprocessed("--feed", "nothing")).isZero();
    assertThat(reprocessed("--since", "2020-01-01T00:00:00Z")).isPositive();
    assertThat(hospital.as("operator", "messages", "reprocess", "--since", "x").exit())
        .isEqualTo(2);
  }

  private static int reprocessed(String option, String value) throws IOException {
    return ok(hospital.as("operator", "messages", "reprocess", "--all", "all", option, value))
        .path("reprocessed")
        .asInt();
  }

  /** One institution has all the stake, so its own proposal is decided in its block. */
  @Test
  void aCustodianKeyIsMadeTakenInAndGivenBack() throws IOException {
    JsonNode key = ok(hospital.as("chief", "keys", "new-custodian"));
    String point = key.path("key").asText();
    JsonNode added =
        ok(hospital.as("chief", "custodians", "add", point, key.path("proof").asText()));
    assertThat(added.path("kind").asText()).isEqualTo("PROPOSAL");
    assertThat(present()).contains(point);
    assertThat(hospital.as("chief", "custodians", "add", point, "00").exit()).isEqualTo(1);
    JsonNode removed = ok(hospital.as("chief", "custodians", "remove", point));
    assertThat(removed.path("kind").asText()).isEqualTo("CHANGE");
    assertThat(present()).doesNotContain(point);
    assertThat(hospital.as("chief", "custodians", "remove", point).exit()).isEqualTo(1);
  }

  private static String present() throws IOException {
    JsonNode sets = ok(hospital.as("chief", "custodians", "list")).path("sets");
    return sets.get(sets.size() - 1).toString();
  }

  @Test
  void trueDatesAreForWhoNamesThePatient() throws IOException {
    String record = committed();
    String id = ask(record);
    ok(hospital.as("chief", "request", "approve", id, "--valid-days", "2"));
    assertThat(hospital.as("dr-li", "request", "list", "--role", "MINE").out()).contains(id);
    Path stranger =
        Files.writeString(
            folder.resolve("patient-" + UUID.randomUUID()),
            "{\"authority\":\"WARD\",\"type\":\"MR\",\"id\":\"nobody\"}");
    Path file = folder.resolve("dated-" + UUID.randomUUID());
    Said said =
        hospital.as(
            "dr-li",
            "request",
            "open",
            id,
            "--tx",
            record,
            "--out",
            file.toString(),
            "--dates-of",
            stranger.toString());
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("not moved by this identifier");
    assertThat(file).doesNotExist();
  }

  @Test
  void aRequestIsAskedApprovedAndOpened() throws IOException {
    String record = committed();
    String id = ask(record);
    assertThat(ok(hospital.as("dr-li", "request", "show", id)).path("state").asText())
        .isEqualTo("OPEN");
    Path file = folder.resolve("record-" + UUID.randomUUID());
    String[] open = {"request", "open", id, "--tx", record, "--out", file.toString()};
    assertThat(hospital.as("dr-li", open).exit()).as("not yet approved").isEqualTo(1);
    assertThat(file).doesNotExist();
    assertThat(
            ok(hospital.as("chief", "request", "approve", id, "--reply", "granted"))
                .path("committed")
                .asBoolean())
        .isTrue();
    JsonNode opened = ok(hospital.as("dr-li", open));
    assertThat(opened.path("mediaType").asText()).isEqualTo("application/hl7-v2");
    assertThat(Files.readString(file)).startsWith("MSH|").doesNotContain("Testperson");
    assertThat(hospital.as("dr-li", open).exit()).as("the file is there").isEqualTo(2);
    assertThat(ok(hospital.as("dr-li", "request", "list", "--state", "APPROVED")).toString())
        .contains(id);
  }

  private static String ask(String record) throws IOException {
    return ok(hospital.as(
            "dr-li",
            "request",
            "create",
            "--tx",
            record,
            "--purpose",
            "TREATMENT",
            "--justification",
            "a test"))
        .path("id")
        .asText();
  }

  @Test
  void pagesOfRequestsFollowEachOtherWithoutGapOrOverlap() throws IOException {
    String record = committed();
    ask(record);
    ask(record);
    JsonNode all = ok(hospital.as("dr-li", "request", "list")).path("requests");
    JsonNode first = ok(hospital.as("dr-li", "request", "list", "--limit", "1")).path("requests");
    JsonNode second =
        ok(hospital.as(
                "dr-li",
                "request",
                "list",
                "--limit",
                "1",
                "--after",
                first.get(0).path("id").asText()))
            .path("requests");
    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1);
    assertThat(first.get(0).path("id")).isEqualTo(all.get(0).path("id"));
    assertThat(second.get(0).path("id")).isEqualTo(all.get(1).path("id"));
  }

  @Test
  void aRejectedRequestSaysWhy() throws IOException {
    String id = ask(committed());
    ok(hospital.as("chief", "request", "reject", id, "--reply", "no reason given"));
    JsonNode request = ok(hospital.as("dr-li", "request", "show", id));
    assertThat(request.path("state").asText()).isEqualTo("REJECTED");
    assertThat(request.path("reply").asText()).isEqualTo("no reason given");
  }

  @Test
  void aTraceHasNoProofBeforeTwoHaveApproved() throws IOException {
    String[] create = {"trace", "create", "--tx", committed(), "--justification", "a test"};
    String id = ok(hospital.as("chief", create)).path("id").asText();
    JsonNode approved = ok(hospital.as("chief", "trace", "approve", id));
    assertThat(approved.path("approvalsHere").asInt()).isEqualTo(1);
    assertThat(approved.path("approvedByInstitution").asBoolean()).isFalse();
    assertThat(ok(hospital.as("chief", "trace", "show", id)).path("justification").asText())
        .isEqualTo("a test");
    Path proof = folder.resolve("no.proof");
    Said none = hospital.as("chief", "trace", "proof", id, "--out", proof.toString());
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("no result yet");
    assertThat(proof).doesNotExist();
    Path forged = Files.writeString(folder.resolve("forged.proof"), "{}");
    String genesis = hospital.home.genesisFile().toString();
    assertThat(HomeForVerbs.say("trace", "judge", forged.toString(), "--genesis", genesis).exit())
        .isEqualTo(1);
  }

  @Test
  void theDoctorFindsARunningHomeWellAndSaysThatItIsNotAnonymous() throws IOException {
    JsonNode found = ok(hospital.at("doctor"));
    assertThat(found.path("well").asBoolean()).isTrue();
    assertThat(level(found, "anonymity")).isEqualTo("WARN");
    assertThat(level(found, "certificate")).isEqualTo("OK");
    assertThat(level(found, "keys")).isEqualTo("OK");
    assertThat(level(found, "running")).isEqualTo("OK");
    assertThat(level(found, "port medseal.mllp.port")).isEqualTo("OK");
  }

  @Test
  void whoeverNeedsTheStoreOfARunningHomeIsToldThatItRunsAndWhatToDo() {
    for (String[] words :
        new String[][] {
          {"user", "create-admin", "--login", "second"},
          {"user", "list"},
          {"user", "disable", "dr-li"}
        }) {
      Said said = hospital.withPassword(words);
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err())
          .startsWith("medseal: MedSeal is running from " + hospital.home.root())
          .contains("stop it")
          .hasLineCount(1);
    }
  }

  static String level(JsonNode found, String check) {
    for (JsonNode each : found.path("findings")) {
      if (each.path("check").asText().equals(check)) {
        return each.path("level").asText();
      }
    }
    throw new AssertionError("nothing about " + check + " in " + found);
  }

  @Test
  void aRunningHomeIsCheckedButItsIndexIsNotTakenAway() throws IOException {
    JsonNode checked = ok(hospital.at("db", "check"));
    assertThat(checked.path("whole").asBoolean()).isTrue();
    assertThat(checked.path("journals").path("inbox").path("frames").asLong()).isPositive();
    Said refused = hospital.at("db", "rebuild-index");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("stop it first");
  }

  @Test
  void wrongWordsAreTwo() {
    for (String[] words :
        new String[][] {
          {"request"},
          {"request", "create"},
          {"trace"},
          {"trace", "show"},
          {"keys"},
          {"keys", "rotate"},
          {"keys", "rotate", "storage"},
          {"db"},
          {"db", "mend"},
          {"doctor", "now"},
          {"feeds", "stop", "mllp"}
        }) {
      assertThat(HomeForVerbs.say(words).exit()).as(String.join(" ", words)).isEqualTo(2);
    }
  }
}
