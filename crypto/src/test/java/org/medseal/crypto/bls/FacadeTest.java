package org.medseal.crypto.bls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.util.BigIntegers;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SeededRandom;

class FacadeTest {
  private static final BigInteger R =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
  private static final G1 POINT = G1.hashToCurve(new byte[] {1}, "test");

  @Property(tries = 300)
  void scalarsAgreeWithBigIntegers(@ForAll @Size(64) byte[] a, @ForAll @Size(64) byte[] b) {
    BigInteger x = new BigInteger(1, a).mod(R);
    BigInteger y = new BigInteger(1, b).mod(R);
    Fr p = Fr.reduce(a);
    Fr q = Fr.reduce(b);
    assertThat(integer(p)).isEqualTo(x);
    assertThat(integer(p.plus(q))).isEqualTo(x.add(y).mod(R));
    assertThat(integer(p.minus(q))).isEqualTo(x.subtract(y).mod(R));
    assertThat(integer(p.times(q))).isEqualTo(x.multiply(y).mod(R));
    if (x.signum() != 0) {
      assertThat(integer(p.inverse())).isEqualTo(x.modInverse(R));
    }
    assertThat(integer(p)).as("operands stay as they were").isEqualTo(x);
    assertThat(integer(q)).isEqualTo(y);
  }

  @Example
  void resultsThatAreZeroAreZero() {
    Fr x = Fr.random(new SeededRandom(1));
    assertThat(x.minus(x)).isEqualTo(Fr.ZERO);
    assertThat(x.plus(Fr.ZERO.minus(x))).isEqualTo(Fr.ZERO);
    assertThat(x.times(Fr.ZERO)).isEqualTo(Fr.ZERO);
    assertThat(x.plus(Fr.ZERO)).isEqualTo(x);
    assertThat(Fr.ZERO.minus(x).plus(x).isZero()).isTrue();
    assertThatThrownBy(Fr.ZERO::inverse).isInstanceOf(ArithmeticException.class);
    assertThat(POINT.times(Fr.ZERO).isInfinity()).isTrue();
    assertThat(POINT.minus(POINT).isInfinity()).isTrue();
  }

  @Example
  void scalarsFromTheOrderUpAreRefused() {
    assertThat(integer(Fr.fromBytes(bytes(R.subtract(BigInteger.ONE)))))
        .isEqualTo(R.subtract(BigInteger.ONE));
    for (BigInteger tooLarge :
        new BigInteger[] {
          R, R.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
        }) {
      assertMalformed(() -> Fr.fromBytes(bytes(tooLarge)));
    }
    assertMalformed(() -> Fr.fromBytes(new byte[31]));
    assertMalformed(() -> Fr.fromBytes(new byte[33]));
  }

  @Property(tries = 30)
  void pointArithmeticIsLinear(@ForAll @Size(64) byte[] a, @ForAll @Size(64) byte[] b) {
    Fr x = Fr.reduce(a);
    Fr y = Fr.reduce(b);
    assertThat(POINT.times(x).plus(POINT.times(y))).isEqualTo(POINT.times(x.plus(y)));
    assertThat(G2.generator().times(x).minus(G2.generator().times(y)))
        .isEqualTo(G2.generator().times(x.minus(y)));
    assertThat(POINT)
        .as("operands stay as they were")
        .isEqualTo(G1.hashToCurve(new byte[] {1}, "test"));
  }

  @Example
  void pairingsAreBilinearAndNotDegenerate() {
    SeededRandom random = new SeededRandom(2);
    Fr x = Fr.random(random);
    G2 q = G2.generator();
    assertThat(Pairings.equal(POINT.times(x), q, POINT, q.times(x))).isTrue();
    assertThat(Pairings.equal(POINT.times(x), q, POINT, q)).isFalse();
    G1 infinity = POINT.minus(POINT);
    assertThat(Pairings.product(POINT.times(x), q, POINT.negate(), q.times(x)))
        .isEqualTo(Pairings.product(infinity, q, infinity, q))
        .hasSize(Pairings.GT_LENGTH);
  }

  @Example
  void aPairingWithInfinityIsLeftOutOfAProduct() {
    G2 q = G2.generator();
    G1 infinity = POINT.minus(POINT);
    byte[] alone = Pairings.product(POINT, q, infinity, q);
    assertThat(alone).isEqualTo(Pairings.product(infinity, q, POINT, q));
    assertThat(alone).isEqualTo(Pairings.product(POINT.plus(POINT), q, POINT.negate(), q));
    assertThat(alone).isNotEqualTo(Pairings.product(infinity, q, infinity, q));
  }

  @Example
  void wrongLengthsAreMalformed() {
    byte[] g1 = POINT.bytes();
    byte[] g2 = G2.generator().bytes();
    for (int length : new int[] {0, 1, 47, 49, 96}) {
      assertMalformed(() -> G1.fromBytes(Arrays.copyOf(g1, length)));
    }
    for (int length : new int[] {0, 95, 97, 192}) {
      assertMalformed(() -> G2.fromBytes(Arrays.copyOf(g2, length)));
    }
    assertThat(G1.fromBytes(g1)).isEqualTo(POINT);
    assertThat(G2.fromBytes(g2)).isEqualTo(G2.generator());
  }

  @Example
  void infinityIsRefused() {
    byte[] g1 = new byte[48];
    g1[0] = (byte) 0xc0;
    byte[] g2 = new byte[96];
    g2[0] = (byte) 0xc0;
    assertMalformed(() -> G1.fromBytes(g1));
    assertMalformed(() -> G2.fromBytes(g2));
  }

  @Example
  void pointsOutsideTheSubgroupAreRefused() {
    assertMalformed(() -> G1.fromBytes(WrongSubgroup.g1()));
    assertMalformed(() -> G2.fromBytes(WrongSubgroup.g2()));
  }

  @Example
  void nonCanonicalEncodingsAreRefused() {
    byte[] uncompressedFlag = POINT.bytes();
    uncompressedFlag[0] &= 0x7f;
    assertMalformed(() -> G1.fromBytes(uncompressedFlag));
    byte[] xPlusP = new byte[48];
    Arrays.fill(xPlusP, (byte) 0xff);
    xPlusP[0] = (byte) 0x9f;
    assertMalformed(() -> G1.fromBytes(xPlusP));
  }

  @Example
  void scalarsShowNothing() {
    assertThat(Fr.random(new SeededRandom(3)).toString()).isEqualTo("Fr");
  }

  private static void assertMalformed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.MALFORMED));
  }

  private static BigInteger integer(Fr scalar) {
    return new BigInteger(1, scalar.bytes());
  }

  private static byte[] bytes(BigInteger value) {
    return BigIntegers.asUnsignedByteArray(32, value);
  }
}
