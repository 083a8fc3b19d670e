package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All peers by their institution's place in the registry; the own place is never connected. Grows
 * on the engine thread, may be read from any.
 */
final class Peers {
  private final List<PeerState> states = new CopyOnWriteArrayList<>();

  Peers(int count, long nowMs) {
    growTo(count, nowMs);
  }

  /** Institutions have been admitted. */
  void growTo(int count, long nowMs) {
    while (states.size() < count) {
      states.add(new PeerState(nowMs));
    }
  }

  boolean isKnown(int peer) {
    return peer >= 0 && peer < states.size();
  }

  PeerState get(int peer) {
    return states.get(peer);
  }

  int size() {
    return states.size();
  }
}
