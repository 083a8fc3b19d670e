package org.medseal.crypto.bls;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FixedBaseTest {
  private static final G1 POINT = point(1);
  private static final G1 START = point(2);
  private static final Fr ONE = one();

  private static G1 point(int seed) {
    return G1.hashToCurve(new byte[] {(byte) seed}, "test of fixed bases");
  }

  private static Fr one() {
    byte[] bytes = new byte[Fr.LENGTH];
    bytes[Fr.LENGTH - 1] = 1;
    return Fr.fromBytes(bytes);
  }

  @Property(tries = 100)
  void productsAgreeWithTheLibrarys(@ForAll @Size(64) byte[] wide) {
    Fr scalar = Fr.reduce(wide);
    assertThat(FixedBase.of(POINT).times(scalar)).isEqualTo(POINT.times(scalar));
    assertThat(FixedBase.of(POINT).timesPlus(scalar, START))
        .isEqualTo(POINT.times(scalar).plus(START));
  }

  @Example
  void theEdgesOfTheScalarsAgreeToo() {
    FixedBase base = FixedBase.of(POINT);
    assertThat(base.times(Fr.ZERO).isInfinity()).isTrue();
    assertThat(base.times(ONE)).isEqualTo(POINT);
    assertThat(base.times(ONE.negate())).as("the largest").isEqualTo(POINT.negate());
    assertThat(base.times(ONE.negate()).bytes()).isEqualTo(POINT.negate().bytes());
  }

  @Example
  void everyBitIsRead() {
    Fr power = ONE;
    for (int bit = 0; bit < 254; bit++) {
      assertThat(FixedBase.of(POINT).times(power)).as("2^%d", bit).isEqualTo(POINT.times(power));
      power = power.plus(power);
    }
  }

  @Example
  void sumsThatMeetThePointItselfAreRight() {
    FixedBase base = FixedBase.of(POINT);
    assertThat(base.timesPlus(ONE, POINT)).isEqualTo(POINT.plus(POINT));
    assertThat(base.timesPlus(ONE, POINT.negate()).isInfinity()).isTrue();
    G1 start = point(3);
    base.timesPlus(ONE, start);
    assertThat(start).as("a start stays as it was").isEqualTo(point(3));
  }

  @Example
  void onlyTheLastFewPointsAreRemembered() {
    FixedBase first = FixedBase.of(POINT);
    assertThat(FixedBase.of(point(1))).isSameAs(first);
    for (int i = 10; i < 11 + FixedBase.MOST_REMEMBERED; i++) {
      FixedBase.of(point(i));
    }
    assertThat(FixedBase.remembered()).isEqualTo(FixedBase.MOST_REMEMBERED);
    assertThat(FixedBase.of(POINT)).isNotSameAs(first);
    assertThat(FixedBase.of(POINT).times(ONE)).isEqualTo(POINT);
  }
}
