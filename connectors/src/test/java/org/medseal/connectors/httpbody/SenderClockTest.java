package org.medseal.connectors.httpbody;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SenderClockTest {
  private static final long START = Long.MAX_VALUE - seconds(5); // as nanoTime may run over

  private final SenderClock clock = new SenderClock(new Pace(10_000, 1000), START);

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }

  @Test
  void silenceIsCountedFromTheLastByte() {
    clock.arrived(1, START + seconds(9));
    assertThat(clock.isGone(START + seconds(10))).isFalse();
    clock.arrived(20_000, START + seconds(18));
    assertThat(clock.isGone(START + seconds(28) - 1)).isFalse();
    assertThat(clock.isGone(START + seconds(28))).isTrue();
  }

  @Test
  void slownessIsCountedOnlyAfterTheSilenceThatIsAllowed() {
    clock.arrived(999, START + seconds(10));
    assertThat(clock.isGone(START + seconds(10))).isFalse();
    assertThat(clock.isGone(START + seconds(11))).isTrue();
    clock.arrived(1, START + seconds(11));
    assertThat(clock.isGone(START + seconds(11))).isFalse();
  }

  @Test
  void aFastStartBuysNoMoreThanTwiceTheSilence() {
    clock.arrived(1_000_000, START + seconds(1));
    clock.arrived(1, START + seconds(10));
    clock.arrived(1, START + seconds(19));
    assertThat(clock.isGone(START + seconds(21))).isFalse();
    assertThat(clock.isGone(START + seconds(22))).isTrue();
  }

  @Test
  void theTimeItIsHeldBackIsNotTheSenders() {
    clock.arrived(1, START + seconds(1));
    clock.hold(START + seconds(1));
    assertThat(clock.isGone(START + seconds(100))).isFalse();
    clock.letGo(START + seconds(100));
    assertThat(clock.isGone(START + seconds(109))).isFalse();
    clock.arrived(1, START + seconds(109));
    assertThat(clock.isGone(START + seconds(111))).isTrue();
  }

  @Test
  void patienceRunsOnlyWhileItIsHeldBack() {
    Duration patience = Duration.ofSeconds(2);
    assertThat(clock.isHeldFor(patience, START + seconds(5))).isFalse();
    clock.hold(START + seconds(5));
    assertThat(clock.isHeldFor(patience, START + seconds(7) - 1)).isFalse();
    assertThat(clock.isHeldFor(patience, START + seconds(7))).isTrue();
    clock.letGo(START + seconds(7));
    assertThat(clock.isHeldFor(patience, START + seconds(7))).isFalse();
  }
}
