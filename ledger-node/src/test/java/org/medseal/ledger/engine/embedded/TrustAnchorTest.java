package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.sim.SimGenesis;

/** For how long validators are believed, by which clock. */
class TrustAnchorTest {
  private static final Genesis GENESIS = SimGenesis.of(List.of(1L), List.of(key()));
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long WINDOW_MS = 15_000;
  private static final ChainState STATE =
      ChainState.genesis(
          Hash.ZERO,
          GENESIS.timeMs(),
          new ValidatorSet(List.of(new Validator(0, "hospital-1", key(), 1))),
          Hash.ZERO);

  private static Bytes key() {
    return Bytes.of(new byte[32]);
  }

  private static long day(double days) {
    return GENESIS.timeMs() + (long) (days * DAY_MS);
  }

  @Test
  void longUnbondingDoesNotLengthenTheTrustPeriod() {
    TrustAnchor anchor = anchor(Duration.ofDays(60));
    assertThat(anchor.isFresh(STATE, day(14))).isTrue();
    assertThat(anchor.isFresh(STATE, day(14) + 1)).isFalse();
    assertThat(sentence(anchor, day(15))).contains("trust period of 14 days,");
  }

  @Test
  void aShortTrustPeriodIsToldInHoursOrMinutes() {
    assertThat(sentence(anchor(Duration.ofDays(1)), day(2))).contains("trust period of 16 hours,");
    assertThat(sentence(anchor(Duration.ofMinutes(9)), day(2))).contains("of 6 minutes,");
  }

  @Test
  void agreementByAClockThatWasAheadLendsNoTime() {
    TrustAnchor anchor = anchor(Duration.ofDays(21));
    anchor.agreed(STATE, day(12));
    assertThat(anchor.isFresh(STATE, day(20))).as("as if new on day 12").isTrue();
    assertThat(anchor.isFresh(STATE, day(2))).as("set right").isTrue();
    assertThat(anchor.isFresh(STATE, day(16))).as("at most as if new on day 2").isTrue();
    assertThat(anchor.isFresh(STATE, day(16) + 1)).isFalse();
  }

  @Test
  void blocksAreTakenWithoutBoundOnlyWhileTheTipIsFresh() {
    TrustAnchor anchor = anchor(Duration.ofDays(21));
    assertThat(anchor.syncableTo(STATE, day(14))).isEqualTo(Long.MAX_VALUE);
    assertThat(anchor.syncableTo(STATE, day(15))).isEqualTo(STATE.height());
  }

  private static String sentence(TrustAnchor anchor, long nowMs) {
    return anchor.refusal(STATE, nowMs).orElseThrow().sentence();
  }

  private static TrustAnchor anchor(Duration unbonding) {
    StakeParameters usual = StakeParameters.DEFAULT;
    StakeParameters stake =
        new StakeParameters(
            usual.epochBlocks(),
            unbonding.toMillis(),
            usual.slashPercent(),
            usual.downtimeWindowBlocks(),
            usual.downtimeMissedBlocks(),
            usual.jailMs(),
            usual.votingMs());
    Genesis genesis = GENESIS.with(GENESIS.parameters().with(0, stake));
    return new TrustAnchor(genesis, Optional.empty(), WINDOW_MS);
  }
}
