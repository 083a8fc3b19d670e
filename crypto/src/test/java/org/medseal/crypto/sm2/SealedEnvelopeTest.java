package org.medseal.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SeededRandom;

class SealedEnvelopeTest {
  private static final SeededRandom RANDOM = new SeededRandom(9);
  private static final Sm2PrivateKey A = Sm2PrivateKey.generate(RANDOM);
  private static final Sm2PrivateKey B = Sm2PrivateKey.generate(RANDOM);
  private static final Sm2PrivateKey C = Sm2PrivateKey.generate(RANDOM);
  private static final byte[] BODY = {10, 20, 30};
  private static final byte[] ENVELOPE =
      SealedEnvelope.seal("request", BODY, List.of(A.publicKey(), B.publicKey()), RANDOM);

  @Test
  void everyRecipientOpens() {
    assertThat(SealedEnvelope.open("request", ENVELOPE, A)).isEqualTo(BODY);
    assertThat(SealedEnvelope.open("request", ENVELOPE, B)).isEqualTo(BODY);
  }

  @Test
  void othersAreToldThatItIsNotForThem() {
    assertReason(Reason.WRONG_KEY, "request", ENVELOPE);
  }

  @Test
  void anotherContextDoesNotOpen() {
    assertThatThrownBy(() -> SealedEnvelope.open("decision", ENVELOPE, A))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void everyFlippedBitAndCutIsRejected() {
    long opened =
        IntStream.range(0, 8 * ENVELOPE.length)
            .parallel()
            .filter(bit -> opens(flipped(ENVELOPE, bit)))
            .count();
    assertThat(opened).isZero();
    for (int length = 0; length < ENVELOPE.length; length++) {
      assertThat(opens(Arrays.copyOf(ENVELOPE, length))).isFalse();
    }
    assertThat(opens(Arrays.copyOf(ENVELOPE, ENVELOPE.length + 1))).isFalse();
  }

  @Test
  void aWrapMovedIntoAnotherEnvelopeDoesNotOpenIt() {
    byte[] other = SealedEnvelope.seal("request", BODY, List.of(B.publicKey()), RANDOM);
    int length = ByteBuffer.wrap(ENVELOPE).getShort(18) & 0xffff;
    byte[] stolen = Arrays.copyOfRange(ENVELOPE, 18, 20 + length);
    int theirs = 2 + (ByteBuffer.wrap(other).getShort(18) & 0xffff);
    byte[] forged =
        ByteBuffer.allocate(other.length - theirs + stolen.length)
            .put(other, 0, 18)
            .put(stolen)
            .put(other, 18 + theirs, other.length - 18 - theirs)
            .array();
    assertThatThrownBy(() -> SealedEnvelope.open("request", forged, A))
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_KEY))
        .hasMessageContaining("commits");
  }

  @Test
  void anEnvelopeHasRecipients() {
    assertThatThrownBy(() -> SealedEnvelope.seal("request", BODY, List.of(), RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean opens(byte[] envelope) {
    try {
      SealedEnvelope.open("request", envelope, A);
      return true;
    } catch (CryptoException refused) {
      return false;
    }
  }

  private static void assertReason(Reason reason, String context, byte[] envelope) {
    assertThatThrownBy(() -> SealedEnvelope.open(context, envelope, C))
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] out = bytes.clone();
    out[bit / 8] ^= (byte) (1 << bit % 8);
    return out;
  }
}
