package org.medseal.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 65_496, 65_497, 300_000})
  void whatIsSealedIntoRoomOfItsLengthOpensLikeAnyOther(int length) {
    byte[] plain = new byte[length];
    new Random(length).nextBytes(plain);
    byte[] around = new byte[7 + length + 5];
    System.arraycopy(plain, 0, around, 7, length);
    byte[] page = new byte[11 + LocalCipher.sealedLength(length)];
    ByteBuffer room = ByteBuffer.wrap(page, 11, page.length - 11);
    cipher.seal("inbox", ByteBuffer.wrap(around, 7, length), room);
    assertThat(room.remaining()).isZero();
    assertThat(cipher.open("inbox", Arrays.copyOfRange(page, 11, page.length))).isEqualTo(plain);
    assertThat(cipher.seal("inbox", plain)).hasSize(LocalCipher.sealedLength(length));
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
