package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private final Repeats repeats = new Repeats(Duration.ofMinutes(1));

  private static long seconds(long number) {
    return TimeUnit.SECONDS.toNanos(number);
  }

  @Test
  void theFirstIsToldAtOnceAndAFloodOnceAMinuteWithItsNumber() {
    assertThat(repeats.times("GET /users", 1, 0)).isEqualTo(1);
    for (int i = 1; i <= 500; i++) {
      assertThat(repeats.times("GET /users", 1, seconds(30))).isZero();
    }
    assertThat(repeats.times("GET /users", 1, seconds(61))).isEqualTo(501);
    assertThat(repeats.times("GET /users", 1, seconds(62))).isZero();
  }

  @Test
  void whereFiveAreToldAtOnceTheSixthWaitsForTheNextMinute() {
    for (int i = 0; i < 5; i++) {
      assertThat(repeats.times("login wang", 5, seconds(i))).isEqualTo(1);
    }
    assertThat(repeats.times("login wang", 5, seconds(6))).isZero();
    assertThat(repeats.times("login wang", 5, seconds(60))).isEqualTo(2);
    assertThat(repeats.times("login wang", 5, seconds(61))).isEqualTo(1);
  }

  @Test
  void oneKindDoesNotHideAnother() {
    assertThat(repeats.times("GET /users", 1, 0)).isEqualTo(1);
    assertThat(repeats.times("GET /audit", 1, 1)).isEqualTo(1);
  }

  @Test
  void moreKindsThanAreKeptAreAllToldUntilTheOldOnesAreOver() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(repeats.times("kind " + i, 1, 0)).isEqualTo(1);
    }
    assertThat(repeats.times("one more", 1, seconds(1))).isEqualTo(1);
    assertThat(repeats.times("one more", 1, seconds(2))).isEqualTo(1);
    assertThat(repeats.times("one more", 1, seconds(60))).isEqualTo(1);
    assertThat(repeats.times("one more", 1, seconds(61))).isZero();
  }
}
