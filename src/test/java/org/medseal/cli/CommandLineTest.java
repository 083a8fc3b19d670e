package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.home.Home;
import org.medseal.home.RoleKey;

/** Exit codes and files, as a script sees them. */
class CommandLineTest {
  @TempDir private Path folder;

  @Test
  void wrongUsageIsTwo() {
    assertThat(MedSeal.execute()).isEqualTo(2);
    assertThat(MedSeal.execute("nonsense")).isEqualTo(2);
    assertThat(MedSeal.execute("demo", "--hospitals", "1")).isEqualTo(2);
    assertThat(
            MedSeal.execute(
                "deid", "--format", "edifact", "--in", "a", "--out", "b", "--report", "c"))
        .isEqualTo(2);
  }

  @Test
  void samplesOfEachFormatAreDeidentifiedKeepingTheirPaths() throws IOException {
    for (String[] each : new String[][] {{"hl7v2", "hl7"}, {"fhir", "fhir"}, {"dicom", "dicom"}}) {
      Path out = folder.resolve(each[0]);
      Path report = folder.resolve(each[0] + ".json");
      Path in = Path.of("samples", each[1]);
      assertThat(
              MedSeal.execute(
                  "deid",
                  "--format",
                  each[0],
                  "--in",
                  in.toString(),
                  "--out",
                  out.toString(),
                  "--report",
                  report.toString()))
          .isZero();
      JsonNode json = new ObjectMapper().readTree(report.toFile());
      assertThat(json.toString()).contains("released").doesNotContain("Quillfeather");
      try (Stream<Path> samples = Files.list(in)) {
        samples.forEach(sample -> assertThat(out.resolve(sample.getFileName())).exists());
      }
    }
  }

  @Test
  void anUnreadableInputFails() {
    assertThat(
            MedSeal.execute(
                "deid",
                "--format",
                "hl7v2",
                "--in",
                folder.resolve("absent").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--report",
                folder.resolve("r.json").toString()))
        .isEqualTo(1);
  }

  @Test
  void aFoundedConsortiumTakesItsFirstAdministratorOnceAndHandsOverTheRoleKey() throws IOException {
    assertThat(
            MedSeal.execute("consortium", "init", "--hospitals", "2", "--out", folder.toString()))
        .isZero();
    assertThat(
            MedSeal.execute("consortium", "init", "--hospitals", "2", "--out", folder.toString()))
        .isEqualTo(2);
    Path password = Files.writeString(folder.resolve("password"), "ｐａｓｓ phrase of a holder\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "not this one\n");
    assertThat(createAdmin(password, wrong)).isEqualTo(1);
    assertThat(createAdmin(password, folder.resolve("custodian.passphrase"))).isZero();
    assertThat(createAdmin(password, folder.resolve("custodian.passphrase"))).isEqualTo(1);
    Home home = new Home(folder.resolve("1"));
    try (KeyFile opened =
        KeyFile.open(RoleKey.CUSTODIAN.file(home), "pass phrase of a holder".toCharArray())) {
      assertThat(opened.users()).containsExactly("admin-x");
    }
  }

  @Test
  void aHomeThatLostItsGenesisIsNotFoundedAnew() throws IOException {
    MedSeal.execute("consortium", "init", "--hospitals", "2", "--out", folder.toString());
    Files.delete(folder.resolve("1/genesis.json"));
    assertThat(MedSeal.execute("run", "--home", folder.resolve("1").toString())).isEqualTo(1);
    assertThat(folder.resolve("1/genesis.json")).doesNotExist();
  }

  private int createAdmin(Path password, Path founded) {
    return MedSeal.execute(
        "user",
        "create-admin",
        "--home",
        folder.resolve("1").toString(),
        "--login",
        "Admin-X",
        "--password-file",
        password.toString(),
        "--take",
        "custodian=" + founded);
  }
}
