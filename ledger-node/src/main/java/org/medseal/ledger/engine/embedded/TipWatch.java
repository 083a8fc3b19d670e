package org.medseal.ledger.engine.embedded;

import java.util.List;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Whether validators with more than two thirds of the stake in force, this one included, say at
 * this moment that they stand where this node stands: then its newest block is the newest one.
 */
final class TipWatch {
  /** Peers speak at least this often, whatever happens; in idle statuses. */
  private static final int STATUSES = 4;

  private final Parts parts;
  private final Peers peers;

  TipWatch(Parts parts, Peers peers) {
    this.parts = parts;
    this.peers = peers;
  }

  /** Tells the anchor when it is so. */
  boolean look() {
    ChainState state = parts.chain().state();
    ValidatorSet validators = state.validators();
    List<String> names = parts.application().institutions();
    long power = stake(parts.settings().institution(), validators);
    for (int peer = 0; peer < Math.min(names.size(), peers.size()); peer++) {
      power += agrees(peer, state) ? stake(names.get(peer), validators) : 0;
    }
    if (!validators.isQuorum(power)) {
      return false;
    }
    parts.anchor().agreed(state, parts.environment().nowMs());
    return true;
  }

  private boolean agrees(int peer, ChainState state) {
    PeerState seen = peers.get(peer);
    long recentMs = STATUSES * parts.settings().pacing().idleStatusMs();
    return seen.isConnected()
        && seen.height() == state.height()
        && seen.lastSeenMs() >= 0
        && parts.environment().monotonicMs() - seen.lastSeenMs() <= recentMs;
  }

  private static long stake(String institution, ValidatorSet validators) {
    return validators.validators().stream()
        .filter(each -> each.institution().equals(institution))
        .mapToLong(Validator::stake)
        .sum();
  }
}
