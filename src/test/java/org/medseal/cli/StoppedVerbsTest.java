package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.app.Instance;
import org.medseal.app.InstanceOptions;
import org.medseal.cli.HomeForVerbs.Said;
import org.medseal.home.Passphrase;
import org.medseal.ledger.journal.Disk;

/** Verbs about a home at rest. */
@SuppressWarnings("try") // a port is given back in the middle of a story
class StoppedVerbsTest {
  @TempDir private Path folder;
  private HomeForVerbs hospital;

  @BeforeEach
  void found() throws IOException {
    hospital = new HomeForVerbs(folder);
  }

  @Test
  void keysAreListedByNameAndNothingOfThemIsShown() throws IOException {
    Said said = hospital.at("keys", "list", "--entries");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.json().path("entries").toString()).contains("storage", "validator.ed25519");
    assertThat(said.json().path("stores").toString()).contains("node.keys", "custodian.keys");
    said.json().path("entries").forEach(each -> assertThat(each.asText()).hasSizeLessThan(40));
  }

  @Test
  void aNewPassphraseOpensTheKeysAndTheOldOneDoesNot() throws IOException {
    char[] old = Passphrase.read(Passphrase.besideOf(hospital.home));
    Path fresh = Files.writeString(folder.resolve("fresh"), "another passphrase of mine\n");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Said said = hospital.at("keys", "change-passphrase", "--new-passphrase-file", fresh.toString());
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.json().path("passphraseFileReplaced").asBoolean()).isTrue();
    assertThat(hospital.at("keys", "list", "--entries").exit()).isZero();
    Files.writeString(Passphrase.besideOf(hospital.home), new String(old) + "\n");
    assertThat(hospital.at("keys", "list", "--entries").exit()).isEqualTo(1);
  }

  @Test
  void aRotatedCertificateIsTheOneTheNextStartShows() throws IOException {
    String before = Files.readString(hospital.home.adminCertificate());
    Said said = hospital.at("keys", "rotate", "admin-tls");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(Files.readString(hospital.home.adminCertificate())).isNotEqualTo(before);
    try (Instance running = hospital.start()) {
      assertThat(running.describe()).isNotEmpty();
      assertThat(hospital.at("ledger", "status").exit()).isZero();
      assertThat(hospital.at("keys", "rotate", "admin-tls").exit()).isZero();
      assertThat(hospital.at("ledger", "status").err())
          .contains("after keys rotate admin-tls the institution has to be started again");
      Said doctor = hospital.at("doctor");
      assertThat(words(doctor, "running")).startsWith("FAIL").contains("after keys rotate admin");
      assertThat(words(doctor, "port medseal.admin.port")).contains("in use, as it should be");
    }
    assertThat(hospital.at("ledger", "status").err())
        .contains("the institution does not run, or is still starting");
  }

  @Test
  void anIndexThatWasTakenAwayIsMadeAnew() throws IOException {
    try (Instance running = hospital.start()) {
      assertThat(running.describe()).isNotEmpty();
    }
    assertThat(hospital.at("db", "rebuild-index").exit()).isZero();
    try (Stream<Path> left = Files.list(hospital.home.index())) {
      assertThat(left).isEmpty();
    }
    try (Instance running = hospital.start()) {
      assertThat(running.describe()).isNotEmpty();
      assertThat(hospital.at("ledger", "status").exit()).isZero();
    }
  }

  @Test
  void damageIsNamedByFileAndOffset() throws IOException {
    try (Instance running = hospital.start()) {
      assertThat(running.describe()).isNotEmpty();
      assertThat(hospital.send("MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\r")).contains("MSA");
    }
    Path file = hospital.home.inbox().resolve("00000000000000000000.journal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[60] ^= 1;
    Files.write(file, bytes);
    Said said = hospital.at("db", "check");
    assertThat(said.exit()).isEqualTo(1);
    JsonNode inbox = said.json().path("journals").path("inbox");
    assertThat(inbox.path("damage").asText()).contains(file.getFileName().toString(), "offset");
    assertThat(said.json().path("whole").asBoolean()).isFalse();
  }

  @Test
  void theDoctorNamesWhatKeepsAHomeFromRunning() throws IOException {
    assertThat(hospital.at("doctor").exit()).isZero();
    Files.setPosixFilePermissions(
        hospital.home.nodeKeys(), PosixFilePermissions.fromString("rw-r-----"));
    Said said = hospital.at("doctor");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(RunningVerbsTest.level(said.json(), "permissions")).isEqualTo("FAIL");
    Files.writeString(
        hospital.home.settingsFile(),
        Files.readString(hospital.home.settingsFile()) + "medseal.nonsense=1\n");
    Said unknown = hospital.at("doctor");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(RunningVerbsTest.level(unknown.json(), "settings")).isEqualTo("FAIL");
  }

  /** Another process holds the home: it replays its blocks, say. */
  @Test
  void theDoctorDoesNotTakeAStartingInstanceForAnother() throws Exception {
    Files.createDirectories(hospital.home.ledger());
    var mllp = RunningNode.settings(hospital.home).mllp();
    try (var held = Disk.real().lock(hospital.home.ledger().resolve("lock"));
        var own = new java.net.ServerSocket()) {
      own.bind(new java.net.InetSocketAddress(mllp.host(), mllp.port()));
      Said said = hospital.at("doctor");
      assertThat(said.exit()).as(said.out()).isZero();
      assertThat(held).isNotNull();
      assertThat(words(said, "running")).startsWith("WARN an instance holds this home");
      assertThat(words(said, "port medseal.mllp.port"))
          .contains("in use, by the instance that starts or another program");
      assertThat(words(said, "port medseal.admin.port")).contains("is free");
    }
    assertThat(hospital.at("doctor").json().toString()).doesNotContain("holds this home");
  }

  /** A busy one, whose TLS handshake comes to nothing. */
  @Test
  void theDoctorDoesNotCallThePortsOfAnInstanceThatDoesNotAnswerTaken() throws Exception {
    Files.createDirectories(hospital.home.ledger());
    var admin = RunningNode.settings(hospital.home).admin();
    try (var held = Disk.real().lock(hospital.home.ledger().resolve("lock"));
        var own = new java.net.ServerSocket()) {
      own.bind(new java.net.InetSocketAddress(admin.host(), admin.port()));
      Thread busy = new Thread(() -> hangUp(own), "busy");
      busy.start();
      Said said = hospital.at("doctor");
      own.close();
      busy.join();
      assertThat(held).isNotNull();
      assertThat(said.exit()).isEqualTo(1);
      assertThat(words(said, "running")).startsWith("FAIL").contains("cannot be asked");
      assertThat(words(said, "port medseal.admin.port")).contains("in use, as it should be");
    }
  }

  private static void hangUp(java.net.ServerSocket on) {
    try {
      while (true) {
        on.accept().close();
      }
    } catch (IOException e) {
      assertThat(on.isClosed()).isTrue();
    }
  }

  private static String words(Said said, String check) throws IOException {
    for (JsonNode each : said.json().path("findings")) {
      if (each.path("check").asText().equals(check)) {
        return each.path("level").asText() + " " + each.path("words").asText();
      }
    }
    throw new AssertionError("nothing about " + check + " in " + said.out());
  }

  /** A feed whose port is taken at the start leaves the others alone and comes back by itself. */
  @Test
  void aFeedWhosePortIsTakenLeavesTheOthersRunning() throws IOException {
    var mllp = RunningNode.settings(hospital.home).mllp();
    try (var taken = new java.net.ServerSocket()) {
      taken.bind(new java.net.InetSocketAddress(mllp.host(), mllp.port()));
      try (Instance running =
          Instance.open(
              new InstanceOptions(hospital.home, java.util.Map.of()),
              Passphrase.read(Passphrase.besideOf(hospital.home)))) {
        running.start();
        hospital.has("operator", "OPERATOR");
        assertThat(running.describe().toString()).contains("WARNING: feed mllp: its port is taken");
        JsonNode feeds = hospital.as("operator", "feeds").json().path("feeds");
        int well = 0;
        for (JsonNode feed : feeds) {
          boolean failed = feed.path("id").asText().equals("mllp");
          assertThat(feed.path("state").asText()).isEqualTo(failed ? "FAILED" : "RUNNING");
          well += failed ? 0 : 1;
        }
        assertThat(well).isGreaterThanOrEqualTo(3);
        assertThat(hospital.as("operator", "feeds", "resume", "mllp").err()).contains("taken");
        taken.close();
        Said resumed = hospital.as("operator", "feeds", "resume", "mllp");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(hospital.send("MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\r")).contains("MSA");
      }
    }
  }
}
