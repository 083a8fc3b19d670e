package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and files of backup, restore and the operator's word, as a script sees them. */
class LedgerBackupCommandsTest {
  @TempDir private Path folder;
  private String home;
  private Path backup;

  @BeforeEach
  void foundAndBackUp() {
    MedSeal.execute("consortium", "init", "--hospitals", "2", "--out", folder.toString());
    home = folder.resolve("1").toString();
    backup = folder.resolve("ledger.backup");
    assertThat(MedSeal.execute("ledger", "backup", "--home", home, "--out", backup.toString()))
        .isZero();
  }

  @Test
  void aBackupOverwritesNothing() throws IOException {
    byte[] content = Files.readAllBytes(backup);
    assertThat(MedSeal.execute("ledger", "backup", "--home", home, "--out", backup.toString()))
        .isEqualTo(1);
    assertThat(backup).hasBinaryContent(content);
  }

  @Test
  void aRestoredHomeIsSilentUntilAnOperatorSaysSo() throws IOException {
    Path mark = folder.resolve("1/ledger/silent");
    assertThat(MedSeal.execute("ledger", "restore", "--home", home, "--from", backup.toString()))
        .isZero();
    assertThat(Files.readString(mark)).startsWith("SILENT");
    assertThat(MedSeal.execute("ledger", "sign-again", "--home", home)).isEqualTo(2);
    assertThat(Files.readString(mark)).startsWith("SILENT");
    assertThat(MedSeal.execute("ledger", "sign-again", "--home", home, "--no-other-copy-runs"))
        .isZero();
    assertThat(Files.readString(mark)).startsWith("CONFIRMED");
  }

  @Test
  void aBackupOfAnotherFormatIsRefusedBeforeEvenTheFolderIsMade() throws IOException {
    byte[] content = Files.readAllBytes(backup);
    content[7] = 9;
    Files.write(backup, content);
    Path fresh = folder.resolve("fresh");
    HomeForVerbs.Said said =
        HomeForVerbs.say(
            "ledger", "restore", "--home", fresh.toString(), "--from", backup.toString());
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err())
        .contains("is written in format 9", "restore it with the MedSeal that wrote it")
        .hasLineCount(1);
    assertThat(fresh).doesNotExist();
  }

  @Test
  void aDamagedBackupIsRefused() throws IOException {
    byte[] content = Files.readAllBytes(backup);
    content[content.length / 2] ^= 1;
    Files.write(backup, content);
    assertThat(MedSeal.execute("ledger", "restore", "--home", home, "--from", backup.toString()))
        .isEqualTo(1);
    assertThat(folder.resolve("1/ledger/silent")).doesNotExist();
  }
}
