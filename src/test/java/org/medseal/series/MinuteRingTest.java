package org.medseal.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MinuteRingTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private final MinuteRing<AtomicInteger> ring = new MinuteRing<>(5, AtomicInteger::new);

  @Test
  void theRunningMinuteIsNotShown() {
    count(0);
    assertThat(shown(59)).isEmpty();
    assertThat(shown(60)).containsExactly("12:00=1");
  }

  @Test
  void whatIsCountedWithinAMinuteAddsUp() {
    count(0);
    count(20);
    count(59);
    count(60);
    assertThat(shown(120)).containsExactly("12:00=3", "12:01=1");
  }

  @Test
  void aMinuteInWhichNobodyLookedIsMissingAndNotZero() {
    count(0);
    count(120);
    assertThat(shown(180)).containsExactly("12:00=1", "12:02=1");
  }

  @Test
  void theOldestGoesWhenTheRingIsFull() {
    for (int minute = 0; minute < 9; minute++) {
      count(minute * 60);
    }
    assertThat(shown(9 * 60)).containsExactly("12:05=1", "12:06=1", "12:07=1", "12:08=1");
  }

  @Test
  void aMinuteOfAnEarlierTurnOfTheRingIsNeverShownAsANewOne() {
    count(0);
    assertThat(shown(6 * 60)).isEmpty();
    assertThat(shown(5 * 60 + 59)).isEmpty();
  }

  @Test
  void aClockPutBackBeginsItsMinuteAnewAndForgetsWhatIsStillToCome() {
    count(0);
    count(60);
    count(120);
    count(60);
    assertThat(shown(125)).containsExactly("12:00=1", "12:01=1");
    assertThat(shown(180)).containsExactly("12:00=1", "12:01=1");
  }

  @Test
  void aClockPutBackWithoutAWordShowsNothingOfTheFuture() {
    count(0);
    count(60);
    count(120);
    assertThat(shown(60)).containsExactly("12:00=1");
  }

  @Test
  void onlySoManyMinutesAreShownAsAreAskedFor() {
    count(0);
    count(60);
    count(120);
    assertThat(ring.whole(2, NOON.plusSeconds(180)))
        .extracting(each -> each.at().toString().substring(11, 16))
        .containsExactly("12:01", "12:02");
  }

  private void count(int second) {
    ring.at(NOON.plusSeconds(second)).incrementAndGet();
  }

  private List<String> shown(int second) {
    return ring.whole(100, NOON.plusSeconds(second)).stream()
        .map(each -> each.at().toString().substring(11, 16) + "=" + each.content())
        .toList();
  }
}
