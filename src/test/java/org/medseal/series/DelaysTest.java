package org.medseal.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DelaysTest {
  @Test
  void withoutAnyThereIsNoPercentile() {
    assertThat(new Delays().percentile(50)).isEmpty();
    assertThat(new Delays().largest()).isEmpty();
  }

  @Test
  void ofOneItIsThatOne() {
    Delays delays = new Delays();
    delays.add(137);
    assertThat(delays.percentile(50)).hasValue(137);
    assertThat(delays.percentile(95)).hasValue(137);
  }

  @Test
  void fiveOfAHundredLateOnesDoNotReachThe95th() {
    Delays delays = new Delays();
    for (int i = 0; i < 95; i++) {
      delays.add(100);
    }
    for (int i = 0; i < 5; i++) {
      delays.add(60_000);
    }
    assertThat(delays.percentile(95).orElseThrow()).isBetween(100L, 120L);
    assertThat(delays.percentile(96).orElseThrow()).isGreaterThanOrEqualTo(50_000);
    assertThat(delays.largest()).hasValue(60_000);
  }

  @Test
  void aClockPutBackCountsAsNoTimeAndAWeekAsTheLargest() {
    Delays delays = new Delays();
    delays.add(-5);
    assertThat(delays.percentile(50)).hasValue(0);
    delays.add(Duration.ofDays(7).toMillis());
    assertThat(delays.largest()).hasValue(Duration.ofDays(7).toMillis());
  }

  @Property
  void aPercentileIsRightToAFifth(
      @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 1, max = 86_400_000) Long> times) {
    Delays delays = new Delays();
    times.forEach(delays::add);
    List<Long> sorted = times.stream().sorted().toList();
    double exact = sorted.get((sorted.size() + 1) / 2 - 1);
    assertThat((double) delays.percentile(50).orElseThrow())
        .isBetween(exact - 0.5, exact * 1.2 + 0.5);
  }
}
