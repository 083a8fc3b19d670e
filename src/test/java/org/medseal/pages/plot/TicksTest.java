package org.medseal.pages.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private final Counts counts = new Counts(Locale.ENGLISH);
  private final Durations durations =
      new Durations(Locale.ENGLISH, new Durations.Units(" ms", " s", " min", " h"));

  @Test
  void nothingStillHasAnAxis() {
    assertThat(counts.ticks(0, 4)).containsExactly(0.0, 1.0);
  }

  @Test
  void countsAreWholeAndRound() {
    assertThat(counts.ticks(3, 4)).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(counts.ticks(7, 4)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0);
    assertThat(counts.ticks(873, 4)).containsExactly(0.0, 500.0, 1000.0);
  }

  @Test
  void durationsHaveTicksWherePeopleExpectThem() {
    assertThat(durations.ticks(90_000, 4)).containsExactly(0.0, 30_000.0, 60_000.0, 90_000.0);
    assertThat(durations.ticks(100_000, 4))
        .containsExactly(0.0, 30_000.0, 60_000.0, 90_000.0, 120_000.0);
  }

  @Test
  void aDurationReadsInItsLargestUnit() {
    assertThat(List.of(0.0, 250.0, 1_500.0, 45_000.0, 90_000.0, 7_200_000.0))
        .extracting(durations::label)
        .containsExactly("0", "250 ms", "1.5 s", "45 s", "1.5 min", "2 h");
  }

  @Property
  void theLastTickIsAtOrAboveTheLargestValueAndThereAreFew(
      @ForAll @DoubleRange(min = 0, max = 1e12) double largest) {
    for (Quantity each : List.of(counts, durations)) {
      List<Double> ticks = each.ticks(largest, 4);
      assertThat(ticks.get(ticks.size() - 1)).isGreaterThanOrEqualTo(largest * (1 - 1e-6));
      assertThat(ticks).hasSizeBetween(2, 6).isSorted();
    }
  }

  @Test
  void timesAreRoundInTheReadersZone() {
    Instant from = Instant.parse("2026-11-23T02:07:00Z");
    assertThat(TimeTicks.within(window(from, Duration.ofHours(1)), 8))
        .extracting(TimeTicks.Tick::label)
        .containsExactly("10:10", "10:20", "10:30", "10:40", "10:50", "11:00");
  }

  @Test
  void midnightReadsAsTheDayThatBegins() {
    Instant from = Instant.parse("2026-11-22T15:00:00Z");
    assertThat(TimeTicks.within(window(from, Duration.ofHours(2)), 4))
        .extracting(TimeTicks.Tick::label)
        .containsExactly("23:00", "23:30", "11-23", "00:30", "01:00");
  }

  private static Window window(Instant from, Duration length) {
    return new Window(from, from.plus(length), Duration.ofMinutes(1), SHANGHAI);
  }
}
