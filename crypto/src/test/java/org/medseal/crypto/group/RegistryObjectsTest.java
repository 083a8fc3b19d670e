package org.medseal.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.crypto.group.GroupSignatureTest.assertReason;
import static org.medseal.crypto.group.GroupSignatureTest.flipped;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;

class RegistryObjectsTest {
  private static final Consortium GROUP = new Consortium(5, 2);
  private static final Consortium.Epoch EPOCH = GROUP.epoch(4, 0, 1);

  @Test
  void parametersKeysAndCredentialsRoundTrip() {
    byte[] parameters = GROUP.parameters.encoded();
    assertThat(GroupParameters.decode(parameters)).isEqualTo(GROUP.parameters);
    assertThat(GroupParameters.decode(parameters).chainId()).isEqualTo("chain-1");
    GroupPublicKey gpk = GroupPublicKey.decode(EPOCH.gpk().encoded());
    assertThat(gpk).isEqualTo(EPOCH.gpk());
    assertThat(gpk.epoch()).isEqualTo(4);
    Credential credential = EPOCH.credentials().get(0);
    assertThat(Credential.decode(credential.encoded())).isEqualTo(credential);
    JoinCommitment join = GROUP.commitments.get(0);
    assertThat(JoinCommitment.decode(join.encoded())).isEqualTo(join);
  }

  @Test
  void everyFlippedBitOfTheParametersIsRefused() {
    byte[] encoded = GROUP.parameters.encoded();
    assertThat(survivors(encoded, flipped -> GroupParameters.decode(flipped))).isEmpty();
  }

  @Test
  void everyFlippedBitOfAGroupPublicKeyIsRefused() {
    byte[] encoded = EPOCH.gpk().encoded();
    assertThat(survivors(encoded, flipped -> GroupPublicKey.decode(flipped))).isEmpty();
  }

  @Test
  void cutOrExtendedEncodingsAreRefused() {
    byte[] gpk = EPOCH.gpk().encoded();
    byte[] parameters = GROUP.parameters.encoded();
    for (int change : new int[] {-1, 1}) {
      assertReason(
          Reason.MALFORMED,
          () -> GroupParameters.decode(Arrays.copyOf(parameters, parameters.length + change)));
      assertReason(
          Reason.MALFORMED, () -> GroupPublicKey.decode(Arrays.copyOf(gpk, gpk.length + change)));
      assertReason(Reason.MALFORMED, () -> Credential.decode(new byte[80 + change]));
      assertReason(Reason.MALFORMED, () -> JoinCommitment.decode(new byte[112 + change]));
      assertReason(Reason.MALFORMED, () -> Opening.decode(new byte[112 + change]));
    }
  }

  @Test
  void aJoinHoldsOnlyForItsGroupCertificateAndNonce() {
    JoinCommitment join = GROUP.commitments.get(1);
    byte[] certificate = {1};
    assertThat(join.verify(GROUP.parameters, Consortium.GROUP, certificate, Consortium.NONCE))
        .isTrue();
    byte[] other = {9};
    assertThat(join.verify(GROUP.parameters, other, certificate, Consortium.NONCE)).isFalse();
    assertThat(join.verify(GROUP.parameters, Consortium.GROUP, other, Consortium.NONCE)).isFalse();
    assertThat(join.verify(GROUP.parameters, Consortium.GROUP, certificate, other)).isFalse();
    JoinCommitment stolen = new JoinCommitment(GROUP.commitments.get(0).c48(), join.proof());
    assertThat(stolen.verify(GROUP.parameters, Consortium.GROUP, certificate, Consortium.NONCE))
        .isFalse();
    assertThat(
            new Consortium(6, 1)
                .commitments
                .get(0)
                .verify(GROUP.parameters, Consortium.GROUP, new byte[] {0}, Consortium.NONCE))
        .isFalse();
  }

  @Test
  void aCredentialHoldsOnlyForItsMemberAndEpoch() {
    Credential credential = EPOCH.credentials().get(0);
    assertThat(credential.verify(EPOCH.gpk(), EPOCH.c(0))).isTrue();
    assertThat(credential.verify(EPOCH.gpk(), EPOCH.c(1))).isFalse();
    assertThat(credential.verify(GROUP.epoch(5, 0).gpk(), EPOCH.c(0))).isFalse();
    long survivors =
        IntStream.range(0, 640)
            .parallel()
            .filter(
                bit ->
                    Credential.decode(flipped(credential.encoded(), bit))
                        .verify(EPOCH.gpk(), EPOCH.c(0)))
            .count();
    assertThat(survivors).isZero();
  }

  @Test
  void aStoredIssuerHasTheSamePublicKey() {
    try (SecretBytes gamma = EPOCH.issuer().secret();
        Issuer restored = Issuer.fromSecret(GROUP.parameters, 4, gamma)) {
      assertThat(restored.publicKey().encoded()).isEqualTo(EPOCH.gpk().encoded());
    }
  }

  @Test
  void anIssuerKeyWithAProofOfAnotherEpochIsRefused() {
    byte[] encoded = EPOCH.gpk().encoded();
    byte[] w = Arrays.copyOfRange(encoded, encoded.length - 160, encoded.length - 64);
    byte[] proof = Arrays.copyOfRange(encoded, encoded.length - 64, encoded.length);
    assertThat(new GroupPublicKey(GROUP.parameters, 4, w, proof)).isEqualTo(EPOCH.gpk());
    assertReason(Reason.BAD_PUBLIC_KEY, () -> new GroupPublicKey(GROUP.parameters, 5, w, proof));
  }

  @Test
  void secretsOfZeroOrFromTheOrderUpAreRefused() {
    byte[] high = new byte[32];
    Arrays.fill(high, (byte) 0xff);
    for (byte[] bad : new byte[][] {new byte[32], high, new byte[31]}) {
      try (SecretBytes secret = SecretBytes.copyOf(bad)) {
        assertReason(Reason.MALFORMED, () -> MemberSecret.fromBytes(secret));
        assertReason(Reason.MALFORMED, () -> Issuer.fromSecret(GROUP.parameters, 1, secret));
        assertReason(Reason.MALFORMED, () -> Opener.fromSecret(GROUP.parameters, secret));
      }
    }
  }

  @Test
  void recordsCannotBeChangedThroughTheirArrays() {
    Credential credential = EPOCH.credentials().get(0);
    byte[] before = credential.encoded();
    credential.a48()[0] ^= 1;
    credential.x32()[0] ^= 1;
    assertThat(credential.encoded()).isEqualTo(before);
    assertThatThrownBy(() -> new Credential(new byte[47], new byte[32]))
        .isInstanceOf(CryptoException.class);
  }

  private interface Decoder {
    Object decode(byte[] encoded);
  }

  private static int[] survivors(byte[] encoded, Decoder decoder) {
    return IntStream.range(0, 8 * encoded.length)
        .parallel()
        .filter(
            bit -> {
              try {
                decoder.decode(flipped(encoded, bit));
                return true;
              } catch (CryptoException refused) {
                return false;
              }
            })
        .toArray();
  }
}
