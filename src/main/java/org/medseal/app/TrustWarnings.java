package org.medseal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.engine.EngineStatus.Waiting;
import org.medseal.ledger.model.StakeParameters;

/** What is said at the start when this node believes no validator, or soon will not. */
final class TrustWarnings {
  private static final Duration SHORT = Duration.ofDays(1);

  private TrustWarnings() {}

  static List<String> of(StakeParameters stake, Waiting ledger) {
    List<String> lines = new ArrayList<>();
    if (ledger.cause() == Cause.TRUST_PERIOD || ledger.cause() == Cause.OWN_CLOCK) {
      lines.add("WARNING: " + ledger.sentence());
    }
    if (stake.unbondingMs() < SHORT.toMillis()) {
      lines.add(
          "WARNING: stake is released less than a day after it was unbonded (unbondingMs of the"
              + " genesis): a node that was away for two thirds of that time decides nothing.");
    }
    return lines;
  }
}
