package org.medseal.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.SeededRandom;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;
import org.medseal.crypto.bls.Pairings;
import org.medseal.crypto.bls.WrongSubgroup;

/** Signatures no honest signer makes: each breaks one rule and keeps the others. */
class CraftedSignatureTest {
  private static final BigInteger R =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
  private static final byte[] MESSAGE = GroupSignatureTest.message(1);
  private static final Consortium GROUP = new Consortium(7, 2);
  private static final Consortium.Epoch EPOCH = GROUP.epoch(1, 0, 1);
  private static final byte[] HONEST = EPOCH.key(0).sign(MESSAGE, new SeededRandom(1));

  @Test
  void theForgerItselfIsSoundWhenHonest() {
    assertThat(EPOCH.gpk().verify(MESSAGE, forge(a(0), a(0), Twist.NONE))).isTrue();
  }

  @Test
  void t2AndT4EncryptingDifferentMembersAreRejected() {
    assertThat(EPOCH.gpk().verify(MESSAGE, forge(a(0), a(1), Twist.NONE))).isFalse();
    assertThat(EPOCH.gpk().verify(MESSAGE, forge(a(1), a(0), Twist.NONE))).isFalse();
  }

  @Test
  void aPointOfAnotherSubgroupIsRejectedInEveryPlace() {
    for (int place = 0; place < 4; place++) {
      byte[] signature = HONEST.clone();
      System.arraycopy(WrongSubgroup.g1(), 0, signature, 48 * place, 48);
      assertThat(EPOCH.gpk().verify(MESSAGE, signature)).isFalse();
    }
  }

  /** With α = 0 every equation holds and T2 shows A in clear: only the infinity check refuses. */
  @Test
  void anOtherwiseValidSignatureWithInfinityIsRejected() {
    byte[] signature = forge(a(0), a(0), Twist.ALPHA_ZERO);
    byte[] infinity = new byte[48];
    infinity[0] = (byte) 0xc0;
    assertThat(Arrays.copyOf(signature, 48)).isEqualTo(infinity);
    assertThat(EPOCH.gpk().verify(MESSAGE, signature)).isFalse();
  }

  @Test
  void aScalarPlusTheOrderIsRejectedInEveryPlace() {
    for (int place = 0; place < 5; place++) {
      byte[] signature = HONEST.clone();
      int at = 4 * 48 + 32 * place;
      BigInteger scalar = new BigInteger(1, Arrays.copyOfRange(signature, at, at + 32)).add(R);
      System.arraycopy(BigIntegers.asUnsignedByteArray(32, scalar), 0, signature, at, 32);
      assertThat(EPOCH.gpk().verify(MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void aTrailingByteIsRejected() {
    assertThat(EPOCH.gpk().verify(MESSAGE, Arrays.copyOf(HONEST, 353))).isFalse();
  }

  @Test
  void swappingTheTwoCiphertextsIsRejected() {
    byte[] swapped = HONEST.clone();
    System.arraycopy(HONEST, 0, swapped, 96, 96);
    System.arraycopy(HONEST, 96, swapped, 0, 96);
    assertThat(EPOCH.gpk().verify(MESSAGE, swapped)).isFalse();
  }

  private enum Twist {
    NONE,
    ALPHA_ZERO
  }

  private static G1 a(int member) {
    return G1.fromBytes(EPOCH.credentials().get(member).a48());
  }

  /** Signs as member 0, with the A of choice in T2 and in T4. */
  private static byte[] forge(G1 inT2, G1 inT4, Twist twist) {
    SeededRandom random = new SeededRandom(11);
    G1 k = GroupParameters.K;
    G1 h = GROUP.parameters.h();
    G1 g = GROUP.parameters.g();
    Fr alpha = twist == Twist.ALPHA_ZERO ? Fr.ZERO : Fr.random(random);
    Fr beta = Fr.random(random);
    Fr x = Fr.fromBytes(EPOCH.credentials().get(0).x32());
    Fr z = x.times(alpha).plus(GROUP.secrets.get(0).scalar());
    G1[] t = {k.times(alpha), inT2.plus(h.times(alpha)), k.times(beta), inT4.plus(g.times(beta))};
    Fr[] nonce = {Fr.random(random), Fr.random(random), Fr.random(random), Fr.random(random)};
    byte[] r2 =
        Pairings.product(
            t[1].times(nonce[2]).minus(h.times(nonce[3])),
            GroupPublicKey.P2,
            h.times(nonce[0]).negate(),
            EPOCH.gpk().w());
    G1 r4 = h.times(nonce[0]).minus(g.times(nonce[1]));
    Fr c =
        GroupSignature.challenge(
            EPOCH.gpk(),
            t,
            MESSAGE,
            new GroupSignature.Commitments(k.times(nonce[0]), r2, k.times(nonce[1]), r4));
    return new GroupSignature(
            t[0],
            t[1],
            t[2],
            t[3],
            c,
            nonce[0].plus(c.times(alpha)),
            nonce[1].plus(c.times(beta)),
            nonce[2].plus(c.times(x)),
            nonce[3].plus(c.times(z)))
        .encoded();
  }
}
