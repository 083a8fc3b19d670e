package org.medseal.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.FeedTally;

class MinuteSeriesTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private Instant now = NOON;
  private final MinuteSeries series = new MinuteSeries(() -> now);

  @Test
  void aMinuteIsWhatTheTallyGrewBy() {
    look(0, 3);
    look(30, 5);
    look(60, 9);
    now = NOON.plusSeconds(120);
    assertThat(series.feed("lab", 10))
        .containsExactly(
            new FeedMinute(NOON, 5, 1, 2, 4), new FeedMinute(NOON.plusSeconds(60), 4, 0, 0, 0));
  }

  @Test
  void aTallyThatBeginsAnewIsNoNegativeNumber() {
    look(0, 100);
    look(60, 2);
    look(70, 5);
    now = NOON.plusSeconds(120);
    assertThat(series.feed("lab", 1)).extracting(FeedMinute::received).containsExactly(3L);
  }

  @Test
  void aFeedThatBroughtNothingHasZeroesWhileTheNodeRuns() {
    look(0, 1);
    now = NOON.plusSeconds(60);
    assertThat(series.feed("pacs", 10)).containsExactly(new FeedMinute(NOON, 0, 0, 0, 0));
  }

  @Test
  void theQueueIsTheLongestSeen() {
    look(0, 0, 7, 2);
    look(10, 0, 3, 9);
    now = NOON.plusSeconds(60);
    assertThat(series.ledger(10)).extracting(LedgerMinute::queue).containsExactly(7L);
    assertThat(series.ledger(10)).extracting(LedgerMinute::pending).containsExactly(9L);
  }

  @Test
  void latenciesAreOfTheRecordsFoundInBlocksButOfNoneThatWasPutBack() {
    series.committed(200);
    series.committedLate();
    now = NOON.plusSeconds(60);
    LedgerMinute minute = series.ledger(10).get(0);
    assertThat(minute.commits()).isEqualTo(2);
    assertThat(minute.latency().largest()).hasValue(200);
  }

  @Test
  void theTimeBetweenBlocksCountsOnlyWhileSomethingWasPending() {
    block(0, 10);
    block(2, 5);
    look(3, 0, 0, 0);
    block(9, 1);
    block(10, 1);
    now = NOON.plusSeconds(60);
    LedgerMinute minute = series.ledger(10).get(0);
    assertThat(minute.blocks()).isEqualTo(4);
    assertThat(minute.transactions()).isEqualTo(17);
    assertThat(minute.interval().largest()).hasValue(2_000);
  }

  @Test
  void aStallIsSeenWhenItIsOver() {
    block(0, 10);
    for (int second = 10; second < 300; second += 10) {
      look(second, 0, 50, 40);
    }
    block(300, 40);
    now = NOON.plusSeconds(360);
    List<LedgerMinute> minutes = series.ledger(10);
    assertThat(minutes.get(minutes.size() - 1).interval().largest()).hasValue(300_000);
  }

  @Test
  void blocksFetchedLongAfterTheyWereDecidedSayNothingOfTheInterval() {
    now = NOON.plusSeconds(86_400);
    series.block(NOON.toEpochMilli(), 1);
    series.block(NOON.plusSeconds(20).toEpochMilli(), 1);
    now = NOON.plusSeconds(86_460);
    assertThat(series.ledger(1).get(0).interval().largest()).isEmpty();
  }

  private void block(int second, int transactions) {
    now = NOON.plusSeconds(second);
    series.block(now.toEpochMilli(), transactions);
  }

  private void look(int second, long received) {
    look(second, received, 0, 0);
  }

  private void look(int second, long received, long queue, long pending) {
    now = NOON.plusSeconds(second);
    Map<QuarantineReason, Long> kept =
        Map.of(QuarantineReason.UNPARSABLE, 3L, QuarantineReason.TOO_LARGE, 1L);
    FeedTally tally = new FeedTally(received, 1, 2, 0, kept, Optional.empty());
    series.look(Map.of("lab", tally), queue, pending);
  }
}
