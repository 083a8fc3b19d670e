package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;

/**
 * Against histories made later with keys of validators long gone: who knows no block younger than
 * the trust period takes no block from peers without a checkpoint above it given out of band, and
 * the chain has to contain the checkpoint (reference: ledger.md section 4). A node that stands at
 * the tip while nothing happens grows no older: as long as a quorum of the stake in force says so,
 * without a gap of more than the trust period, its newest block is as good as new. Engine thread.
 */
final class TrustAnchor {
  private final Optional<Checkpoint> checkpoint;
  private final long trustMs;
  private long agreedMs = Long.MIN_VALUE;

  /** Two thirds of the unbonding time: who signed what is trusted can still be punished. */
  TrustAnchor(Genesis genesis, Optional<Checkpoint> checkpoint) {
    this.checkpoint = checkpoint;
    this.trustMs = genesis.parameters().stake().unbondingMs() / 3 * 2;
  }

  /** Whether decided blocks may be taken from peers, after this state. */
  boolean maySync(ChainState state, long nowMs) {
    return isFresh(state, nowMs) || isBelowCheckpoint(state.height());
  }

  private boolean isFresh(ChainState state, long nowMs) {
    return nowMs - Math.max(state.timeMs(), agreedMs) <= trustMs;
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

  private boolean isBelowCheckpoint(long height) {
    return checkpoint.map(each -> each.height() > height).orElse(false);
  }

  /** Why no blocks are taken; empty when they are. */
  Optional<String> refusal(ChainState state, long nowMs) {
    return maySync(state, nowMs)
        ? Optional.empty()
        : Optional.of(
            "the newest block here is older than the trust period of "
                + trustMs / 86_400_000L
                + " days: blocks are taken from peers only with a checkpoint above height "
                + state.height()
                + " (medseal.ledger.checkpoint), asked of another institution by telephone");
  }

  /** EngineException CHECKPOINT if this is not the history the checkpoint belongs to. */
  void require(long height, Hash blockId) {
    checkpoint
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
    checkpoint.ifPresent(
        each ->
            chain
                .block(each.height())
                .ifPresent(stored -> require(each.height(), stored.certificate().blockId())));
  }
}
