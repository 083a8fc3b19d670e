package org.medseal.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SeededRandom;

class EncryptedPemTest {
  private static final SeededRandom RANDOM = new SeededRandom(5);
  private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(RANDOM);
  private static final String PEM = KEY.toEncryptedPem("right".toCharArray(), RANDOM);

  @Test
  void opensWithItsPassphrase() {
    Sm2PrivateKey read = Sm2PrivateKey.fromEncryptedPem(PEM, "right".toCharArray());
    assertThat(read.publicKey()).isEqualTo(KEY.publicKey());
  }

  @Test
  void aWrongOrEmptyPassphraseSaysSo() {
    for (String wrong : new String[] {"wrong", "", "Right"}) {
      assertThatThrownBy(() -> Sm2PrivateKey.fromEncryptedPem(PEM, wrong.toCharArray()))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_PASSPHRASE));
    }
  }

  @Test
  void otherStructuresAreMalformed() {
    for (String other :
        new String[] {
          KEY.publicKey().toPem(),
          "",
          Pem.encode("ENCRYPTED PRIVATE KEY", new byte[0]),
          PEM.substring(0, 200),
          PEM.replace('M', '!')
        }) {
      assertThatThrownBy(() -> Sm2PrivateKey.fromEncryptedPem(other, "right".toCharArray()))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
  }

  @Test
  void emptyPassphrasesAreNotAccepted() {
    assertThatThrownBy(() -> KEY.toEncryptedPem(new char[0], RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
