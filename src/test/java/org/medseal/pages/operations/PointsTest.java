package org.medseal.pages.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.pages.plot.Line;
import org.medseal.pages.plot.Window;

class PointsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private final ArrayNode series = JsonNodeFactory.instance.arrayNode();

  @Test
  void aStepIsTheMeanOfTheMinutesThatAreThere() {
    minute(0, 10);
    minute(1, 20);
    minute(4, 60);
    minute(15, 7);
    assertThat(new Points(series, Span.SIX_HOURS).mean("lab", "received").points())
        .containsExactly(
            new Line.Point(NOON, 30), new Line.Point(NOON.plus(Duration.ofMinutes(15)), 7));
  }

  @Test
  void aStepOfLatenciesIsTheMiddleOneAndTheLargest() {
    spread(0, 100, 900);
    spread(1, 300, 400);
    spread(2, 200, 500);
    minute(3, 1);
    Points points = new Points(series, Span.SIX_HOURS);
    assertThat(points.middle("p50", "ms", "p50").points())
        .containsExactly(new Line.Point(NOON, 200));
    assertThat(points.largest("p95", "ms", "p95").points())
        .containsExactly(new Line.Point(NOON, 900));
  }

  @Test
  void aMinuteInWhichNothingWasMeasuredIsAGap() {
    minute(0, 5);
    spread(1, 100, 200);
    assertThat(new Points(series, Span.HOUR).middle("p50", "ms", "p50").points())
        .extracting(Line.Point::at)
        .containsExactly(NOON.plusSeconds(60));
  }

  @Test
  void aWindowEndsWithTheLastWholeMinuteAndHasItsStepsAtRoundTimes() {
    Instant now = NOON.plusSeconds(60 * 7 + 31);
    Window hour = Span.HOUR.window(now, ZoneOffset.UTC);
    assertThat(hour.until()).isEqualTo(NOON.plusSeconds(60 * 7));
    assertThat(hour.from()).isEqualTo(hour.until().minusSeconds(3600));
    Window day = Span.DAY.window(now, ZoneOffset.UTC);
    assertThat(day.until()).isEqualTo(NOON.plusSeconds(60 * 15));
    assertThat(Span.of("24")).isEqualTo(Span.DAY);
    assertThat(Span.of("<x>")).isEqualTo(Span.HOUR);
  }

  @Test
  void theBusiestFeedsHaveAColourAndTheOthersAreAddedUp() {
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      lines.add(new Line("feed-" + i, List.of(new Line.Point(NOON, i))));
    }
    List<Line> shown = Plots.busiest(lines, "others");
    assertThat(shown)
        .extracting(Line::name)
        .containsExactly("feed-4", "feed-5", "feed-6", "feed-7", "feed-8", "others");
    assertThat(shown.get(5).points()).containsExactly(new Line.Point(NOON, 6));
    assertThat(Plots.busiest(lines.subList(0, 6), "others")).hasSize(6);
  }

  @Test
  void bytesReadInThreeDigits() {
    assertThat(List.of(0L, 999L, 1_024L, 10_240L, 1_048_575L, 5L << 40))
        .extracting(LedgerView::bytes)
        .containsExactly("0 B", "999 B", "1.0 KiB", "10.0 KiB", "1.0 MiB", "5.0 TiB");
  }

  private void minute(int minute, long received) {
    series
        .addObject()
        .put("at", NOON.plusSeconds(60L * minute).toString())
        .put("received", received);
  }

  private void spread(int minute, long p50, long p95) {
    series
        .addObject()
        .put("at", NOON.plusSeconds(60L * minute).toString())
        .putObject("ms")
        .put("p50", p50)
        .put("p95", p95);
  }
}
