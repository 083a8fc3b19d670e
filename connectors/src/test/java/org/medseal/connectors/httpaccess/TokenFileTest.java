package org.medseal.connectors.httpaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  /** SHA-256 of "abc" (FIPS 180-2 appendix B.1). */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void onlyAListedTokenIsKnownAndOneTakenOutIsRefusedAtOnce() throws IOException {
    TokenFile tokens = file("# senders\n\nlab " + OF_ABC + "\n");
    assertThat(tokens.holds("abc")).isTrue();
    assertThat(tokens.holds("abd")).isFalse();
    assertThat(tokens.holds("")).isFalse();
    assertThat(tokens.holds(OF_ABC)).as("the hash itself").isFalse();
    Files.writeString(tokens.file(), "# nobody\n");
    assertThat(tokens.holds("abc")).isFalse();
  }

  @Test
  void nobodyIsKnownWhileTheFileCannotBeRead() throws IOException {
    TokenFile tokens = file("lab " + OF_ABC);
    Files.writeString(tokens.file(), "lab " + OF_ABC + "\nehr secret\n");
    assertThat(tokens.holds("abc")).isFalse();
    Files.delete(tokens.file());
    assertThat(tokens.holds("abc")).isFalse();
  }

  @Test
  void whatIsNoListOfHashesStopsTheStartAndIsNotRepeated() throws IOException {
    assertThatThrownBy(file("lab " + OF_ABC + "\nehr topsecret\n")::require)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("topsecret");
    assertThatThrownBy(file("# none\n")::require).hasMessageContaining("no token");
    assertThatThrownBy(new TokenFile(folder.resolve("missing"))::require)
        .hasMessageContaining("missing");
  }

  private TokenFile file(String text) throws IOException {
    return new TokenFile(Files.writeString(folder.resolve("tokens"), text));
  }
}
