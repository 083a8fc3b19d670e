package org.medseal.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.crypto.group.GroupSignatureTest.flipped;
import static org.medseal.crypto.group.GroupSignatureTest.message;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.SeededRandom;
import org.medseal.crypto.bls.WrongSubgroup;

class SecondImplementationTest {
  private static final Consortium GROUP = new Consortium(21, 2);
  private static final Consortium.Epoch EPOCH = GROUP.epoch(3, 0, 1);
  private static final BouncyCastleXsgs ORACLE = new BouncyCastleXsgs(EPOCH.gpk().encoded());

  @Test
  void acceptsWhatTheModuleSigns() {
    for (int i = 0; i < 4; i++) {
      byte[] signature = EPOCH.key(i % 2).sign(message(i), new SeededRandom(i));
      assertThat(ORACLE.verify(message(i), signature)).isTrue();
      assertThat(ORACLE.verify(message(i + 1), signature)).isFalse();
    }
  }

  @Test
  void agreesOnBrokenSignatures() {
    byte[] signature = EPOCH.key(0).sign(message(9), new SeededRandom(9));
    long accepted =
        IntStream.range(0, 352)
            .filter(at -> at % 16 == 3)
            .parallel()
            .filter(at -> ORACLE.verify(message(9), flipped(signature, 8 * at + at % 8)))
            .count();
    assertThat(accepted).isZero();
    byte[] elsewhere = signature.clone();
    System.arraycopy(WrongSubgroup.g1(), 0, elsewhere, 96, 48);
    assertThat(ORACLE.verify(message(9), elsewhere)).isFalse();
    assertThat(ORACLE.verify(message(9), Arrays.copyOf(signature, 353))).isFalse();
  }

  @Test
  void doesNotTakeAnotherEpochsKey() {
    byte[] signature = EPOCH.key(0).sign(message(9), new SeededRandom(9));
    BouncyCastleXsgs other = new BouncyCastleXsgs(GROUP.epoch(4, 0, 1).gpk().encoded());
    assertThat(other.verify(message(9), signature)).isFalse();
  }
}
