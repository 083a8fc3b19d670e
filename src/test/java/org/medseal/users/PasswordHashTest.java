package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  private final PasswordHash cheap =
      new PasswordHash(new PasswordHash.Cost(64, 1, 1), new SecureRandom());

  @Test
  void theCostIsWhatOwaspAsksFor() {
    String text = new PasswordHash(PasswordHash.Cost.OWASP, new SecureRandom()).decoy();
    assertThat(text).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void aHashMatchesItsPasswordOnlyAndIsSalted() {
    String hash = cheap.hash("correct horse battery");
    assertThat(cheap.matches("correct horse battery", hash)).isTrue();
    assertThat(cheap.matches("correct horse batterz", hash)).isFalse();
    assertThat(cheap.hash("correct horse battery")).isNotEqualTo(hash);
  }

  @Test
  void composedAndDecomposedLettersAreTheSamePassword() {
    String hash = cheap.hash("Zu\u0308rich-passphrase");
    assertThat(cheap.matches("Z\u00fcrich-passphrase", hash)).isTrue();
  }

  @Test
  void noPasswordMatchesTheDecoy() {
    assertThat(cheap.matches("", cheap.decoy())).isFalse();
    assertThat(cheap.matches("correct horse battery", cheap.decoy())).isFalse();
  }

  @Test
  void anotherCostIsReadFromTheHashItself() {
    PasswordHash other = new PasswordHash(new PasswordHash.Cost(128, 2, 1), new SecureRandom());
    assertThat(other.matches("correct horse battery", cheap.hash("correct horse battery")))
        .isTrue();
  }

  /** RFC 9106 section 5.3, the Argon2id test vector, against the library used. */
  @Test
  void theLibraryGivesTheVectorOfRfc9106() {
    byte[] out = new byte[32];
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(HexFormat.of().parseHex("02".repeat(16)))
            .withSecret(HexFormat.of().parseHex("03".repeat(8)))
            .withAdditional(HexFormat.of().parseHex("04".repeat(12)))
            .build());
    generator.generateBytes(HexFormat.of().parseHex("01".repeat(32)), out);
    assertThat(HexFormat.of().formatHex(out))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }
}
