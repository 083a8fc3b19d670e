package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.app.Instance;
import org.medseal.cli.HomeForVerbs.Said;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.home.NodeKeyring;

/** A hospital comes to a running consortium: admitted, in the group, sealing; two whole nodes. */
class NewcomerTest {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private @TempDir Path folder;

  private static JsonNode ok(Said said) throws IOException {
    assertThat(said.exit()).as(said.err() + said.out()).isZero();
    return said.json();
  }

  private interface Fact {
    boolean holds() throws IOException;
  }

  /** Asked through the node itself, so that it takes its time. */
  private static void until(String what, Fact fact) throws IOException {
    long latest = System.nanoTime() + LONGEST.toNanos();
    while (!fact.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(latest);
    }
  }

  @Test
  void aNewHospitalIsAdmittedJoinsTheGroupAndSeals() throws IOException {
    HomeForVerbs first = new HomeForVerbs(folder.resolve("first"));
    HomeForVerbs newcomer = new HomeForVerbs(folder.resolve("second"), "hospital-2");
    Files.copy(
        first.home.genesisFile(), newcomer.home.genesisFile(), StandardCopyOption.REPLACE_EXISTING);
    String address = RunningNode.settings(newcomer.home).peer().toString();
    try (Instance founder = first.start()) {
      assertThat(founder.describe()).isNotEmpty();
      String application =
          ok(newcomer.at("ledger", "apply", "--address", address, "--units", "0"))
              .path("application")
              .asText();
      ok(first.as("chief", "ledger", "governance", "admit", application));
      String shared = ok(first.at("keys", "share", application)).path("sealed").asText();
      ok(newcomer.at("keys", "take", shared));
      assertThat(consortiumTag(newcomer)).isEqualTo(consortiumTag(first));
      assertThat(first.at("keys", "take", shared).err()).contains("not sealed for this home");
      try (Instance joined = newcomer.start(Map.of("medseal.ledger.joining", "true"))) {
        assertThat(joined.describe()).isNotEmpty();
        newcomer.has("operator", "OPERATOR");
        until("the newcomer has the ledger", () -> state(newcomer).equals("NOT_JOINED"));
        ok(newcomer.as("chief", "group", "join"));
        until("the issuer has its join", () -> state(first).equals("JOINED"));
        ok(first.as("chief", "group", "epoch"));
        until("the newcomer has the epoch", () -> state(newcomer).equals("MEMBER"));
        assertThat(newcomer.send(message())).contains("MSA|AA");
        until(
            "the newcomer's record is committed",
            () ->
                !ok(newcomer.as("operator", "messages", "list", "--state", "COMMITTED"))
                    .path("messages")
                    .isEmpty());
      }
    }
  }

  private static byte[] consortiumTag(HomeForVerbs of) {
    PatientIdentifier patient = new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "123456789");
    try (NodeKeyring keyring = of.keyring();
        PseudonymKey key = keyring.consortiumPseudonymKey()) {
      return key.pseudonym(patient).tag(YearMonth.of(2026, 1));
    }
  }

  private static String state(HomeForVerbs asked) throws IOException {
    for (JsonNode each : ok(asked.as("chief", "group", "show")).path("members")) {
      if (each.path("institution").asText().equals("hospital-2")) {
        return each.path("state").asText();
      }
    }
    return "";
  }

  private static String message() {
    return "MSH|^~\\&|A|B|C|D|20240101||ADT^A01^ADT_A01|N1|P|2.5\rEVN|A01|20240101\r"
        + "PID|1||58151^^^WARD^MR||Testperson^W||19700101|F\rPV1|1|I\r";
  }
}
