package org.medseal.ledger.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.genesis.GenesisException.Reason;
import org.medseal.ledger.model.Genesis;

class GenesisFileTest {
  private static Genesis genesis;

  @TempDir private Path folder;
  private Path file;

  @BeforeAll
  static void setUpConsortium() {
    genesis = new TestConsortium(4).genesis();
  }

  @BeforeEach
  void writeFile() {
    file = folder.resolve("genesis.json");
    GenesisFile.write(genesis, file);
  }

  private void assertMalformed(String naming) {
    assertThatExceptionOfType(GenesisException.class)
        .isThrownBy(() -> GenesisFile.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(naming)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
  }

  private void change(String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
  }

  @Test
  void whatIsWrittenIsRead() {
    Genesis read = GenesisFile.read(file);
    assertThat(read).isEqualTo(genesis);
    assertThat(GenesisFile.hash(read)).isEqualTo(GenesisFile.hash(genesis));
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void nestingWithoutEndIsRefused() throws IOException {
    Files.writeString(file, "[".repeat(5_000));
    assertMalformed("nest");
  }

  @Test
  void writingAgainGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(file);
    GenesisFile.write(GenesisFile.read(file), file);
    assertThat(file).hasBinaryContent(first);
  }

  @Test
  void layoutDoesNotChangeTheHash() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\n", "").replace("  ", " "));
    assertThat(GenesisFile.hash(GenesisFile.read(file))).isEqualTo(GenesisFile.hash(genesis));
  }

  @Test
  void anUnknownKeyIsNamed() throws IOException {
    change("\"stakeCapPercent\"", "\"stakeCap\" : 1, \"stakeCapPercent\"");
    assertMalformed("parameters.stakeCap ");
  }

  @Test
  void aRepeatedKeyIsNamed() throws IOException {
    change("\"issuer\"", "\"issuer\" : \"hospital-2\", \"issuer\"");
    assertMalformed("'issuer'");
  }

  @Test
  void aMissingKeyIsNamed() throws IOException {
    change("\"peerAddress\" : \"localhost:7502\",", "");
    assertMalformed("institutions[1].peerAddress is missing");
  }

  @Test
  void aValueOfTheWrongKindIsNamed() throws IOException {
    change("\"stake\" : 10", "\"stake\" : \"10\"");
    assertMalformed("institutions[0].stake");
  }

  @Test
  void aNumberIsWholeAndNotNegative() throws IOException {
    change("\"stake\" : 10", "\"stake\" : -10");
    assertMalformed("institutions[0].stake");
    GenesisFile.write(genesis, file);
    change("\"stake\" : 10", "\"stake\" : 10.5");
    assertMalformed("institutions[0].stake");
  }

  @Test
  void hexadecimalHasOneSpellingAndOneLength() throws IOException {
    String pin = genesis.institutions().get(0).tlsPin().hex();
    change(pin, pin.substring(2));
    assertMalformed("institutions[0].tlsPin must be 32 bytes");
    GenesisFile.write(genesis, file);
    change(pin, "zz" + pin.substring(2));
    assertMalformed("institutions[0].tlsPin");
    GenesisFile.write(genesis, file);
    change(pin, "AB" + pin.substring(2));
    assertMalformed("institutions[0].tlsPin must be lower-case");
  }

  @Test
  void whatFollowsTheObjectIsRefused() throws IOException {
    Files.writeString(file, Files.readString(file) + "{}");
    assertMalformed("");
    Files.writeString(file, "[]");
    assertMalformed("must be an object");
    Files.writeString(file, "");
    assertMalformed("");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.json");
    assertThatExceptionOfType(GenesisException.class)
        .isThrownBy(() -> GenesisFile.read(missing))
        .withMessageContaining("none.json")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.IO));
  }
}
