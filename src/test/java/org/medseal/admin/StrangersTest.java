package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StrangersTest {
  private final Strangers strangers = new Strangers();

  private static long seconds(long number) {
    return TimeUnit.SECONDS.toNanos(number);
  }

  @Test
  void theFirstIsToldAtOnceAndAFloodOnceAMinuteWithItsNumber() {
    assertThat(strangers.refused("GET /users", 0)).isEqualTo(1);
    for (int i = 1; i <= 500; i++) {
      assertThat(strangers.refused("GET /users", seconds(30))).isZero();
    }
    assertThat(strangers.refused("GET /users", seconds(61))).isEqualTo(501);
    assertThat(strangers.refused("GET /users", seconds(62))).isZero();
  }

  @Test
  void oneKindDoesNotHideAnother() {
    assertThat(strangers.refused("GET /users", 0)).isEqualTo(1);
    assertThat(strangers.refused("GET /audit", 1)).isEqualTo(1);
  }
}
