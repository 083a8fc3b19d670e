package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.consensus.Timeouts;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.model.Genesis;

/**
 * What the engine is told once.
 *
 * @param institution the own one's name; one that is not yet admitted follows until it is
 * @param trusted a block the chain has to contain, told out of band
 */
public record EngineSettings(
    Genesis genesis,
    String institution,
    Timeouts timeouts,
    Pacing pacing,
    Optional<TrustedBlock> trusted) {

  /** Without a checkpoint. */
  public EngineSettings(Genesis genesis, String institution, Timeouts timeouts, Pacing pacing) {
    this(genesis, institution, timeouts, pacing, Optional.empty());
  }

  public static EngineSettings defaults(Genesis genesis, String institution) {
    return new EngineSettings(genesis, institution, Timeouts.DEFAULT, Pacing.DEFAULT);
  }

  /**
   * How often the engine speaks when nothing forces it to, in milliseconds.
   *
   * @param batchMs how long the first transaction waits for company; 0 for not at all
   * @param statusMs between statuses while a height is being decided
   * @param idleStatusMs between statuses while there is nothing to decide
   * @param requestMs until an unanswered request for blocks goes to another peer
   * @param clockWindowMs how far a new block's time may lie from the own clock
   */
  public record Pacing(
      long batchMs, long statusMs, long idleStatusMs, long requestMs, long clockWindowMs) {
    public static final Pacing DEFAULT = new Pacing(5, 300, 3_000, 2_000, 15_000);

    public Pacing {
      if (batchMs < 0
          || statusMs <= 0
          || idleStatusMs < statusMs
          || requestMs <= 0
          || clockWindowMs <= 0) {
        throw new IllegalArgumentException(
            "pacing must be positive, and idle statuses no more frequent than busy ones");
      }
    }
  }
}
