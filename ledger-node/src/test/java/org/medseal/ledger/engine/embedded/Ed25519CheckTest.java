package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.model.Bytes;

final class Ed25519CheckTest {
  private final Ed25519PrivateKey signer = Ed25519PrivateKey.generate(new SecureRandom());
  private final Bytes key = Bytes.of(signer.publicKey().bytes());
  private final Ed25519Check check = new Ed25519Check();

  @Test
  void aSignatureThatHeldIsVerifiedOnce() {
    assertThat(check.verify(key, message(1), signature(1))).isTrue();
    assertThat(check.verify(key, message(1), signature(1))).isTrue();
    assertThat(check.verified()).isEqualTo(1);
  }

  @Test
  void aSignatureThatHeldSaysNothingOfAnotherMessageKeyOrSignature() {
    assertThat(check.verify(key, message(1), signature(1))).isTrue();
    Ed25519PrivateKey other = Ed25519PrivateKey.generate(new SecureRandom());
    assertThat(check.verify(key, message(2), signature(1))).isFalse();
    assertThat(check.verify(key, message(1), signature(2))).isFalse();
    assertThat(check.verify(Bytes.of(other.publicKey().bytes()), message(1), signature(1)))
        .isFalse();
    assertThat(check.verified()).isEqualTo(4);
  }

  @Test
  void whatDidNotHoldIsVerifiedAgain() {
    assertThat(check.verify(key, message(1), signature(2))).isFalse();
    assertThat(check.verify(key, message(1), signature(2))).isFalse();
    assertThat(check.verified()).isEqualTo(2);
  }

  @Test
  void theOldestIsForgottenAboveTheBound() {
    for (int i = 0; i <= Ed25519Check.KEPT_SIGNATURES; i++) {
      assertThat(check.verify(key, message(i), signature(i))).isTrue();
    }
    long before = check.verified();
    assertThat(check.verify(key, message(1), signature(1))).isTrue();
    assertThat(check.verified()).as("the second is kept").isEqualTo(before);
    assertThat(check.verify(key, message(0), signature(0))).isTrue();
    assertThat(check.verified()).as("the first was forgotten").isEqualTo(before + 1);
  }

  private static byte[] message(int number) {
    return ("vote " + number).getBytes(StandardCharsets.US_ASCII);
  }

  private Bytes signature(int number) {
    return Bytes.of(signer.sign(message(number)));
  }
}
