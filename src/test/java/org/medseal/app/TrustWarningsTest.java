package org.medseal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.engine.EngineStatus.Quorum;
import org.medseal.ledger.engine.EngineStatus.Waiting;
import org.medseal.ledger.model.StakeParameters;

class TrustWarningsTest {
  private static final long DAY_MS = 86_400_000;

  @Test
  void aNodeThatBelievesNobodySaysSoAtTheStart() {
    for (Cause cause : List.of(Cause.TRUST_PERIOD, Cause.OWN_CLOCK)) {
      assertThat(TrustWarnings.of(StakeParameters.DEFAULT, because(cause)))
          .containsExactly("WARNING: why it decides nothing");
    }
  }

  @Test
  void waitingForOthersIsNotWorthAWarning() {
    for (Cause cause : List.of(Cause.SILENT, Cause.NO_QUORUM_CONNECTED, Cause.NOTHING_PENDING)) {
      assertThat(TrustWarnings.of(StakeParameters.DEFAULT, because(cause))).isEmpty();
    }
  }

  @Test
  void stakeThatIsReleasedWithinADayIsWarnedOf() {
    assertThat(TrustWarnings.of(releasedAfter(DAY_MS), because(Cause.UNKNOWN))).isEmpty();
    assertThat(TrustWarnings.of(releasedAfter(DAY_MS - 1), because(Cause.UNKNOWN)))
        .singleElement()
        .asString()
        .contains("unbondingMs of the genesis");
  }

  private static Waiting because(Cause cause) {
    return new Waiting(cause, "why it decides nothing", Quorum.NONE, List.of());
  }

  private static StakeParameters releasedAfter(long ms) {
    return new StakeParameters(100, ms, 5, 1_000, 900, 3_600_000L, 14 * DAY_MS);
  }
}
