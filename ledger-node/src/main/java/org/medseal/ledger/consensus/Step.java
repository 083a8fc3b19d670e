package org.medseal.ledger.consensus;

import java.util.Optional;

/**
 * Where a validator stands within a round; IDLE before the height has anything to decide. The code
 * is its byte in log and messages.
 */
public enum Step {
  IDLE(0),
  PROPOSE(1),
  PREVOTE(2),
  PRECOMMIT(3);

  private final int code;

  Step(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Empty for a code nobody has. */
  public static Optional<Step> of(int code) {
    for (Step step : values()) {
      if (step.code == code) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }
}
