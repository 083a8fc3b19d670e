package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.function.ToLongFunction;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Whether this node stands where the ledger stands: validators with more than two thirds of the
 * stake, itself among them, claim no more blocks than it has or is about to decide. Whatever was
 * decided beyond would be known to one of them that is honest. A third that lies cannot make it
 * look behind. Weaker than {@link TipWatch}: whoever is behind this node does not hold it back.
 * Looks on the engine thread; asked from any.
 */
final class LevelWatch {
  /** Of neighbours one is always the first to commit. */
  private static final int APART = 1;

  private final Parts parts;
  private final Peers peers;
  private volatile boolean atTip;

  LevelWatch(Parts parts, Peers peers) {
    this.parts = parts;
    this.peers = peers;
  }

  boolean isAtTip() {
    return atTip;
  }

  void look() {
    ChainState tip = parts.chain().state();
    atTip = isAtTip(tip.validators(), tip.height(), each -> claimed(each, tip.height()));
  }

  private long claimed(String institution, long height) {
    if (institution.equals(parts.settings().institution())) {
      return height;
    }
    List<String> all = parts.application().institutions();
    int peer = all.indexOf(institution);
    return peers.isKnown(peer) ? peers.get(peer).height() : -1;
  }

  /**
   * @param claimed last block each institution claims to have; -1 unknown
   */
  static boolean isAtTip(ValidatorSet validators, long height, ToLongFunction<String> claimed) {
    long level = 0;
    for (Validator each : validators.validators()) {
      long claim = claimed.applyAsLong(each.institution());
      if (claim >= 0 && claim <= height + APART) {
        level = Math.addExact(level, each.stake());
      }
    }
    return Math.multiplyExact(3, level) > Math.multiplyExact(2, validators.totalStake());
  }
}
