package org.medseal.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

class PassphrasesTest {
  /** RFC 7914 section 11; the first 32 bytes do not depend on how many follow. */
  @Test
  void keysAreThoseOfTheRfc() {
    assertThat(derive("passwd", "salt", 1))
        .isEqualTo("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
    assertThat(derive("Password", "NaCl", 80_000))
        .isEqualTo("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
  }

  @Test
  void keysAreThoseOfTheJdkInEveryScript() throws GeneralSecurityException {
    for (String each : new String[] {"a", "Schlüssel", "密码🔑", "x".repeat(100)}) {
      byte[] salt = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
      PBEKeySpec spec = new PBEKeySpec(each.toCharArray(), salt, 1_000, 256);
      byte[] jdk =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      assertThat(Passphrases.derive(each.toCharArray(), salt, 1_000)).isEqualTo(jdk);
    }
  }

  private static String derive(String passphrase, String salt, int iterations) {
    byte[] key =
        Passphrases.derive(
            passphrase.toCharArray(), salt.getBytes(StandardCharsets.US_ASCII), iterations);
    return HexFormat.of().formatHex(key);
  }
}
