package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.proof.TrustRules;

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
  private final long clockWindowMs;
  private long agreedMs = Long.MIN_VALUE;

  /** Why nothing is decided here. */
  record Distrust(Cause cause, String sentence) {}

  /**
   * Who signed what is trusted can still be punished.
   *
   * @param clockWindowMs how far the newest block may be ahead of the clock here
   */
  TrustAnchor(Genesis genesis, Optional<TrustedBlock> given, long clockWindowMs) {
    this.given = given;
    this.trustMs = TrustRules.trustPeriod(genesis).toMillis();
    this.clockWindowMs = clockWindowMs;
  }

  /**
   * Up to which height decided blocks may be taken from peers, after this state; its own height if
   * none may.
   */
  long syncableTo(ChainState state, long nowMs) {
    return isFresh(state, nowMs)
        ? Long.MAX_VALUE
        : Math.max(state.height(), given.map(TrustedBlock::height).orElse(0L));
  }

  /** Whether the validators after this state still answer for what they sign. */
  boolean isFresh(ChainState state, long nowMs) {
    agreedMs = Math.min(agreedMs, nowMs); // a clock that was ahead must not lend time
    boolean young = nowMs - Math.max(state.timeMs(), agreedMs) <= trustMs;
    return !isClockBehind(state, nowMs) && (young || isToldToBeNew(state, nowMs));
  }

  /** By such a clock anything would be young. */
  private boolean isClockBehind(ChainState state, long nowMs) {
    return nowMs < state.timeMs() - clockWindowMs;
  }

  private boolean isToldToBeNew(ChainState state, long nowMs) {
    return given.filter(each -> each.newestMs().isPresent()).isPresent()
        && dayRefusal(state, nowMs).isEmpty();
  }

  /**
   * Why the day that was given does not count; empty if it does, or none was. A day to come tells
   * nothing, but for those who live a little to the east.
   */
  private Optional<String> dayRefusal(ChainState state, long nowMs) {
    if (given.isEmpty() || given.get().newestMs().isEmpty()) {
      return Optional.empty();
    }
    TrustedBlock told = given.get();
    long dayMs = told.newestMs().getAsLong();
    if (told.height() > state.height()) {
      return Optional.of("is that of block " + told.height() + ", which is not here yet");
    }
    if (dayMs - nowMs > DAY_MS) {
      return Optional.of("is still to come");
    }
    return nowMs - dayMs > trustMs
        ? Optional.of("is itself longer ago than that")
        : Optional.empty();
  }

  /**
   * A quorum of the validators after this state says that it is the newest. Counts only while the
   * state is trusted: whoever was away for too long cannot tell them from those who have left
   * since.
   */
  void agreed(ChainState state, long nowMs) {
    if (isFresh(state, nowMs)) {
      agreedMs = nowMs;
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

  /** Why nothing is decided here with the validators after this state; empty if it may be. */
  Optional<Distrust> refusal(ChainState state, long nowMs) {
    if (isFresh(state, nowMs)) {
      return Optional.empty();
    }
    return Optional.of(
        isClockBehind(state, nowMs)
            ? new Distrust(Cause.OWN_CLOCK, TrustWords.clockBehind(state, nowMs))
            : new Distrust(
                Cause.TRUST_PERIOD,
                TrustWords.old(state, trustMs, nowMs)
                    + dayRefusal(state, nowMs)
                        .map(why -> TrustWords.uselessDay(given.orElseThrow(), why))
                        .orElse("")));
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
