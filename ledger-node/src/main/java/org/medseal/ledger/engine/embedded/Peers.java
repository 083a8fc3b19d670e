package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;

/** All peers by their position in the genesis; the own position is never connected. */
final class Peers {
  private final List<PeerState> states = new ArrayList<>();

  Peers(int count, long nowMs) {
    for (int i = 0; i < count; i++) {
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
