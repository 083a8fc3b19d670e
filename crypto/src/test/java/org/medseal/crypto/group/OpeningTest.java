package org.medseal.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.crypto.group.GroupSignatureTest.assertReason;
import static org.medseal.crypto.group.GroupSignatureTest.flipped;
import static org.medseal.crypto.group.GroupSignatureTest.message;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

class OpeningTest {
  private static final Consortium GROUP = new Consortium(3, 3);
  private static final Consortium.Epoch EPOCH = GROUP.epoch(1, 0, 1, 2);
  private static final byte[] MESSAGE = message(1);
  private static final byte[] SIGNATURE = EPOCH.key(1).sign(MESSAGE, new SeededRandom(1));
  private static final Opening OPENING = GROUP.opener.open(EPOCH.gpk(), MESSAGE, SIGNATURE);

  @Test
  void openingNamesTheSignerAndTheJudgeAgrees() {
    assertThat(OPENING.a48()).isEqualTo(EPOCH.credentials().get(1).a48());
    assertThat(judge(SIGNATURE, OPENING, 1)).isTrue();
    assertThat(judge(SIGNATURE, Opening.decode(OPENING.encoded()), 1)).isTrue();
  }

  @Test
  void theJudgeRejectsAnotherMember() {
    assertThat(judge(SIGNATURE, OPENING, 0)).isFalse();
    assertThat(judge(SIGNATURE, OPENING, 2)).isFalse();
    Opening framing = new Opening(EPOCH.credentials().get(0).a48(), OPENING.proof());
    assertThat(judge(SIGNATURE, framing, 0)).isFalse();
  }

  @Test
  void theJudgeRejectsARightNameUnderAnotherMembersCommitment() {
    assertThat(
            Judge.judge(
                EPOCH.gpk(), MESSAGE, SIGNATURE, OPENING, EPOCH.credentials().get(1), EPOCH.c(0)))
        .isFalse();
  }

  @Test
  void anOpeningProofForAnotherSignatureIsRejected() {
    byte[] another = EPOCH.key(1).sign(MESSAGE, new SeededRandom(2));
    assertThat(judge(another, OPENING, 1)).isFalse();
    byte[] otherMessage = EPOCH.key(1).sign(message(2), new SeededRandom(1));
    assertThat(
            Judge.judge(
                EPOCH.gpk(),
                message(2),
                otherMessage,
                OPENING,
                EPOCH.credentials().get(1),
                EPOCH.c(1)))
        .isFalse();
  }

  @Test
  void everyFlippedBitOfAnOpeningIsRejected() {
    byte[] encoded = OPENING.encoded();
    long accepted =
        IntStream.range(0, 8 * encoded.length)
            .parallel()
            .filter(bit -> judge(SIGNATURE, Opening.decode(flipped(encoded, bit)), 1))
            .count();
    assertThat(accepted).isZero();
  }

  @Test
  void onlyValidSignaturesAreOpened() {
    assertReason(Reason.BAD_SIGNATURE, () -> GROUP.opener.open(EPOCH.gpk(), message(2), SIGNATURE));
    assertReason(
        Reason.BAD_SIGNATURE,
        () -> GROUP.opener.open(EPOCH.gpk(), MESSAGE, Arrays.copyOf(SIGNATURE, 353)));
  }

  @Test
  void theIssuerCannotOpen() {
    try (SecretBytes gamma = EPOCH.issuer().secret()) {
      assertReason(Reason.WRONG_KEY, () -> Opener.fromSecret(GROUP.parameters, gamma));
    }
  }

  @Test
  void anotherGroupsOpenerCannotOpen() {
    Consortium other = new Consortium(4, 1);
    assertReason(Reason.WRONG_KEY, () -> other.opener.open(EPOCH.gpk(), MESSAGE, SIGNATURE));
    try (SecretBytes xi1 = other.opener.secret()) {
      assertReason(Reason.WRONG_KEY, () -> Opener.fromSecret(GROUP.parameters, xi1));
    }
  }

  @Test
  void aStoredOpenerKeyOpensAsBefore() {
    try (SecretBytes xi1 = GROUP.opener.secret();
        Opener restored = Opener.fromSecret(GROUP.parameters, xi1)) {
      assertThat(restored.open(EPOCH.gpk(), MESSAGE, SIGNATURE).a48()).isEqualTo(OPENING.a48());
    }
  }

  private static boolean judge(byte[] signature, Opening opening, int named) {
    return Judge.judge(
        EPOCH.gpk(), MESSAGE, signature, opening, EPOCH.credentials().get(named), EPOCH.c(named));
  }
}
