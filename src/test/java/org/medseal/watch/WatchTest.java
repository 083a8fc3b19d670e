package org.medseal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.FeedTally;
import org.medseal.watch.Alert.Kind;

class WatchTest {
  private static final long DISK = 1_000_000_000;

  private Instant now = Instant.parse("2025-11-23T08:00:00Z");
  private final Watch watch =
      new Watch(new WatchLimits(Map.of("lab", Duration.ofMinutes(10)), 100, 10, 20), () -> now);

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void look(String state, Optional<Instant> last, long waiting, long free) {
    FeedTally tally = new FeedTally(0, 0, 0, 0, Map.of(), last);
    watch.look(
        new Sights(
            Map.of("lab", state), Map.of("lab", tally), waiting, room(free), Optional.empty()));
  }

  private static Sights.Room room(long free) {
    return new Sights.Room(free, DISK);
  }

  private void look(String state, Optional<Instant> last) {
    look(state, last, 0, DISK);
  }

  private List<Kind> kinds() {
    return watch.alerts().stream().map(Alert::kind).toList();
  }

  @Test
  void aFeedIsSilentAfterItsMinutesAndNotBefore() {
    Instant last = now;
    pass(Duration.ofMinutes(10).minusSeconds(1));
    look("RUNNING", Optional.of(last));
    assertThat(kinds()).isEmpty();
    pass(Duration.ofSeconds(1));
    look("RUNNING", Optional.of(last));
    assertThat(kinds()).containsExactly(Kind.FEED_SILENT);
    look("RUNNING", Optional.of(now));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void oneEpisodeHasOneBeginningHoweverOftenItIsSeen() {
    pass(Duration.ofMinutes(11));
    look("RUNNING", Optional.empty());
    Instant begun = now;
    pass(Duration.ofHours(2));
    look("RUNNING", Optional.empty());
    assertThat(watch.alerts()).singleElement().extracting(Alert::since).isEqualTo(begun);
  }

  @Test
  void silenceBeforeTheStartDoesNotCount() {
    look("RUNNING", Optional.of(now.minus(Duration.ofDays(3))));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aPausedFeedMayBeSilent() {
    pass(Duration.ofDays(1));
    look("PAUSED", Optional.empty());
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aFailedFeedIsSaidToHaveFailedNotToBeSilent() {
    pass(Duration.ofDays(1));
    look("FAILED", Optional.empty());
    assertThat(kinds()).containsExactly(Kind.FEED_FAILED);
  }

  @Test
  void anInboxIsFullAtHighWaterAndUntilItHasEbbed() {
    look("PAUSED", Optional.empty(), 99, DISK);
    assertThat(kinds()).isEmpty();
    look("PAUSED", Optional.empty(), 100, DISK);
    assertThat(kinds()).containsExactly(Kind.INBOX_FULL);
    look("PAUSED", Optional.empty(), 80, DISK);
    assertThat(kinds()).containsExactly(Kind.INBOX_FULL);
    look("PAUSED", Optional.empty(), 79, DISK);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aDiskIsLowBelowItsPercentage() {
    look("PAUSED", Optional.empty(), 0, DISK / 10);
    assertThat(kinds()).isEmpty();
    look("PAUSED", Optional.empty(), 0, DISK / 10 - 1);
    assertThat(kinds()).containsExactly(Kind.DISK_LOW);
  }

  @Test
  void aLedgerNodeThatTakesNoPartIsToldForAsLongAsItDoesNot() {
    ledger(Optional.of("the newest block here is older than the trust period"));
    assertThat(watch.alerts())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.kind()).isEqualTo(Kind.LEDGER_OUT);
              assertThat(each.sentence()).contains("older than the trust period");
            });
    ledger(Optional.empty());
    assertThat(kinds()).isEmpty();
  }

  private void ledger(Optional<String> out) {
    watch.look(new Sights(Map.of(), Map.of(), 0, room(DISK), out));
  }

  private void counted(long received, long kept) {
    FeedTally tally =
        new FeedTally(
            received, 0, 0, 0, Map.of(QuarantineReason.RULE_ERROR, kept), Optional.of(now));
    watch.look(
        new Sights(
            Map.of("lab", "RUNNING"), Map.of("lab", tally), 0, room(DISK), Optional.empty()));
  }

  @Test
  void tenOfFiftyKeptBackAreAnAlertAndNineOrTenOfSixtyAreNot() {
    counted(0, 0);
    counted(45, 9);
    assertThat(kinds()).isEmpty();
    counted(60, 10);
    assertThat(kinds()).isEmpty();
    counted(60, 12);
    assertThat(kinds()).containsExactly(Kind.QUARANTINE_RATE);
    pass(Duration.ofMinutes(16));
    counted(60, 12);
    assertThat(kinds()).as("a quarter of an hour without another").isEmpty();
  }
}
