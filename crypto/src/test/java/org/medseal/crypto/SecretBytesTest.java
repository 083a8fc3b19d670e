package org.medseal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBytesTest {
  @Test
  void aClosedSecretIsGone() {
    SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
    secret.close();
    assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.use(bytes -> bytes.length))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theCopyHandedToAFunctionIsWipedAfterwards() {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3})) {
      byte[] leaked = secret.use(bytes -> bytes);
      assertThat(leaked).containsOnly(0);
      assertThat(secret.copy()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void toStringShowsOnlyTheLength() {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {77, 78})) {
      assertThat(secret.toString()).isEqualTo("SecretBytes[2]");
    }
  }

  @Test
  void comparesContentOnlyInConstantTimeMethod() {
    try (SecretBytes one = SecretBytes.copyOf(new byte[] {1, 2});
        SecretBytes same = SecretBytes.copyOf(new byte[] {1, 2});
        SecretBytes other = SecretBytes.copyOf(new byte[] {1, 3})) {
      assertThat(one.constantTimeEquals(same)).isTrue();
      assertThat(one.constantTimeEquals(other)).isFalse();
      assertThat(one).isNotEqualTo(same);
    }
  }
}
