package org.medseal.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

class GroupSignatureTest {
  private static final Consortium GROUP = new Consortium(1, 3);
  private static final Consortium.Epoch EPOCH = GROUP.epoch(1, 0, 1, 2);
  private static final byte[] MESSAGE = message(1);
  private final SecureRandom random = new SecureRandom();

  @Test
  void everyMembersSignatureVerifies() {
    for (int member = 0; member < 3; member++) {
      byte[] signature = EPOCH.key(member).sign(MESSAGE, random);
      assertThat(signature).hasSize(352);
      assertThat(EPOCH.gpk().verify(MESSAGE, signature)).isTrue();
    }
  }

  @Test
  void twoSignaturesOfOneMemberShareNoPart() {
    MemberKey key = EPOCH.key(0);
    Set<String> parts = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      byte[] signature = key.sign(MESSAGE, random);
      for (int at = 0; at < 4; at++) {
        parts.add(Arrays.toString(Arrays.copyOfRange(signature, 48 * at, 48 * at + 48)));
      }
      for (int at = 0; at < 5; at++) {
        parts.add(Arrays.toString(Arrays.copyOfRange(signature, 192 + 32 * at, 224 + 32 * at)));
      }
    }
    assertThat(parts).hasSize(90);
  }

  @Test
  void aStuckRandomSourceDoesNotRepeatNoncesAcrossMessages() {
    byte[] one = EPOCH.key(0).sign(message(1), new SeededRandom(5));
    byte[] two = EPOCH.key(0).sign(message(2), new SeededRandom(5));
    assertThat(Arrays.copyOf(one, 48)).isNotEqualTo(Arrays.copyOf(two, 48));
  }

  @Test
  void everySingleFlippedBitIsRejected() {
    byte[] signature = EPOCH.key(1).sign(MESSAGE, random);
    GroupPublicKey gpk = EPOCH.gpk();
    long accepted =
        IntStream.range(0, 8 * signature.length)
            .parallel()
            .filter(bit -> gpk.verify(MESSAGE, flipped(signature, bit)))
            .count();
    assertThat(accepted).isZero();
  }

  @Test
  void anotherMessageOrEpochOrGroupIsRejected() {
    byte[] signature = EPOCH.key(0).sign(MESSAGE, random);
    assertThat(EPOCH.gpk().verify(message(2), signature)).isFalse();
    assertThat(GROUP.epoch(2, 0, 1).gpk().verify(MESSAGE, signature)).isFalse();
    assertThat(new Consortium(2, 1).epoch(1, 0).gpk().verify(MESSAGE, signature)).isFalse();
  }

  @Test
  void theSameIssuerKeyInAnotherEpochIsRejected() {
    byte[] signature = EPOCH.key(0).sign(MESSAGE, random);
    try (SecretBytes gamma = EPOCH.issuer().secret();
        Issuer later = Issuer.fromSecret(GROUP.parameters, 2, gamma)) {
      assertThat(later.publicKey().verify(MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void oldSignaturesVerifyForEverUnderTheirOwnKey() {
    byte[] signature = EPOCH.key(2).sign(MESSAGE, random);
    GROUP.epoch(2, 0, 1);
    assertThat(GroupPublicKey.decode(EPOCH.gpk().encoded()).verify(MESSAGE, signature)).isTrue();
  }

  @Test
  void otherLengthsAreRejected() {
    byte[] signature = EPOCH.key(0).sign(MESSAGE, random);
    for (int length : new int[] {0, 1, 351, 353, 704}) {
      assertThat(EPOCH.gpk().verify(MESSAGE, Arrays.copyOf(signature, length))).isFalse();
    }
    assertThat(EPOCH.gpk().verify(new byte[31], signature)).isFalse();
    assertThatThrownBy(() -> EPOCH.key(0).sign(new byte[33], random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRevokedMemberCannotSignInTheNewEpoch() {
    Consortium.Epoch next = GROUP.epoch(2, 0, 1);
    assertReason(
        Reason.WRONG_KEY,
        () -> new MemberKey(next.gpk(), GROUP.secrets.get(2), EPOCH.credentials().get(2), 2, 2));
    assertReason(
        Reason.WRONG_KEY,
        () -> new MemberKey(next.gpk(), GROUP.secrets.get(2), next.credentials().get(0), 2, 2));
    byte[] signature = next.key(1).sign(MESSAGE, random);
    assertThat(next.gpk().verify(MESSAGE, signature)).isTrue();
  }

  @Test
  void theIssuerCannotSignAsAMember() {
    try (MemberSecret guessed = MemberSecret.generate(random)) {
      assertReason(
          Reason.WRONG_KEY,
          () -> new MemberKey(EPOCH.gpk(), guessed, EPOCH.credentials().get(0), 3, 2));
    }
  }

  @Test
  void fewerMembersThanTheMinimumRefuseToSign() {
    MemberKey two =
        new MemberKey(EPOCH.gpk(), GROUP.secrets.get(0), EPOCH.credentials().get(0), 2, 3);
    assertReason(Reason.TOO_FEW_MEMBERS, () -> two.sign(MESSAGE, random));
    MemberKey three =
        new MemberKey(EPOCH.gpk(), GROUP.secrets.get(0), EPOCH.credentials().get(0), 3, 3);
    assertThat(three.sign(MESSAGE, random)).hasSize(352);
  }

  static byte[] flipped(byte[] bytes, int bit) {
    byte[] out = bytes.clone();
    out[bit / 8] ^= (byte) (1 << bit % 8);
    return out;
  }

  static byte[] message(int seed) {
    byte[] message = new byte[32];
    new SeededRandom(1000 + seed).nextBytes(message);
    return message;
  }

  static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
