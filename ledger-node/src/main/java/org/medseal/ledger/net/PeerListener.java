package org.medseal.ledger.net;

import org.medseal.ledger.engine.embedded.PeerMessage;

/** Hears of peers, by their position in the genesis. Called on network threads; never blocks. */
public interface PeerListener {
  void onConnected(int peer);

  void onDisconnected(int peer);

  /**
   * A well-formed message.
   *
   * @param handled to be run once it has been dealt with; a peer with too much unhandled is not
   *     read from
   */
  void onMessage(int peer, PeerMessage message, Runnable handled);
}
