package org.medseal.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;

class LocalCipherTest {
  private static final byte[] PLAIN = {5, 6, 7};
  private final LocalCipher cipher = cipher((byte) 1);

  @Test
  void opensInItsContextOnly() {
    byte[] sealed = cipher.seal("inbox", PLAIN);
    assertThat(cipher.open("inbox", sealed)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> cipher.open("outbox", sealed))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.NOT_AUTHENTIC));
  }

  @Test
  void sealsEqualBytesDifferentlyEachTime() {
    assertThat(cipher.seal("inbox", PLAIN)).isNotEqualTo(cipher.seal("inbox", PLAIN));
  }

  @Test
  void fingerprintsFindEqualsAndDependOnKeyContextAndSplit() {
    byte[] found = cipher.fingerprint("dup", PLAIN, PLAIN);
    assertThat(found).hasSize(32).isEqualTo(cipher((byte) 1).fingerprint("dup", PLAIN, PLAIN));
    assertThat(cipher((byte) 2).fingerprint("dup", PLAIN, PLAIN)).isNotEqualTo(found);
    assertThat(cipher.fingerprint("other", PLAIN, PLAIN)).isNotEqualTo(found);
    assertThat(cipher.fingerprint("dup", new byte[] {5, 6, 7, 5, 6, 7})).isNotEqualTo(found);
  }

  private static LocalCipher cipher(byte fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, fill);
    try (SecretBytes secret = SecretBytes.copyOf(key)) {
      return new LocalCipher(secret);
    }
  }
}
