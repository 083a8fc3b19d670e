package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;

/**
 * Against histories made later with keys of validators long gone: who knows no block younger than
 * the trust period decides nothing with those validators, and takes no block from peers without a
 * checkpoint above it given out of band; the chain has to contain the checkpoint (reference:
 * ledger.md section 4). A block is as good as new while a quorum of the stake in force says that
 * the node stands at the tip, without a gap of more than the trust period, and from the day on of
 * which the operators have agreed that it was the newest. Engine thread.
 */
final class TrustAnchor {
  private static final long DAY_MS = 86_400_000L;

  /** Blocks that even an idle consortium decides within a trust period. */
  private static final int HEARTBEATS = 14;

  private final Optional<TrustedBlock> given;
  private final long trustMs;
  private long agreedMs = Long.MIN_VALUE;

  /** Two thirds of the unbonding time: who signed what is trusted can still be punished. */
  TrustAnchor(Genesis genesis, Optional<TrustedBlock> given) {
    this.given = given;
    this.trustMs = genesis.parameters().stake().unbondingMs() / 3 * 2;
  }

  /** Whether decided blocks may be taken from peers, after this state. */
  boolean maySync(ChainState state, long nowMs) {
    return isFresh(state, nowMs) || isBelowCheckpoint(state.height());
  }

  /** Whether the validators after this state still answer for what they sign. */
  boolean isFresh(ChainState state, long nowMs) {
    return nowMs - Math.max(state.timeMs(), agreedMs) <= trustMs || isToldToBeNew(state, nowMs);
  }

  /** A day to come tells nothing, but for those who live a little to the east. */
  private boolean isToldToBeNew(ChainState state, long nowMs) {
    return given.stream()
        .filter(each -> each.height() <= state.height())
        .flatMapToLong(each -> each.newestMs().stream())
        .anyMatch(dayMs -> nowMs - dayMs <= trustMs && dayMs - nowMs <= DAY_MS);
  }

  /**
   * A quorum of the validators after this state says that it is the newest. Counts only while the
   * state is trusted: whoever was away for too long cannot tell them from those who have left
   * since.
   */
  void agreed(ChainState state, long nowMs) {
    if (isFresh(state, nowMs)) {
      agreedMs = Math.max(agreedMs, nowMs);
    }
  }

  /**
   * Whether a block of this time may be decided though there is nothing to put in: so that the
   * newest one of an idle consortium never comes near the end of the trust period.
   */
  boolean isHeartbeat(ChainState parent, long timeMs) {
    return timeMs - parent.timeMs() >= heartbeatMs();
  }

  /** A day, of the trust period of two weeks. */
  private long heartbeatMs() {
    return Math.max(1, Math.min(DAY_MS, trustMs / HEARTBEATS));
  }

  private boolean isBelowCheckpoint(long height) {
    return given.map(each -> each.height() > height).orElse(false);
  }

  /** Why nothing is decided here with the validators after this state; empty if it may be. */
  Optional<String> refusal(ChainState state, long nowMs) {
    return isFresh(state, nowMs)
        ? Optional.empty()
        : Optional.of(
            "the newest block here is older than the trust period of "
                + trustMs / DAY_MS
                + " days: this node decides nothing, and blocks are taken from peers only with a"
                + " checkpoint above height "
                + state.height()
                + " (medseal.ledger.checkpoint), asked of another institution by telephone; if"
                + " nobody has a newer block, every institution sets "
                + newest(state)
                + " with the day on which they agreed so");
  }

  private static String newest(ChainState state) {
    return (state.height() == 0 ? "genesis" : state.height() + ":" + state.blockId().hex())
        + "@YYYY-MM-DD";
  }

  /** EngineException CHECKPOINT if this is not the history the checkpoint belongs to. */
  void require(long height, Hash blockId) {
    checkpoint()
        .filter(each -> each.height() == height && !each.blockId().equals(blockId))
        .ifPresent(
            each -> {
              throw new EngineException(
                  Reason.CHECKPOINT,
                  "block "
                      + height
                      + " here is "
                      + blockId
                      + ", the checkpoint says "
                      + each.blockId()
                      + ": the blocks are of another history, or the checkpoint is wrong");
            });
  }

  /** The same of what is stored already. */
  void requireIn(Chain chain) {
    checkpoint()
        .ifPresent(
            each ->
                chain
                    .block(each.height())
                    .ifPresent(stored -> require(each.height(), stored.certificate().blockId())));
  }

  private Optional<Checkpoint> checkpoint() {
    return given.flatMap(TrustedBlock::checkpoint);
  }
}
