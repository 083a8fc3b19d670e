package org.medseal.ledger.net;

import org.medseal.ledger.engine.embedded.PeerMessage;

/** Hears of peers, by their position in the genesis. Called on network threads; never blocks. */
public interface PeerListener {
  void onConnected(int peer);

  void onDisconnected(int peer);

  /** Answers so large that they are not even decoded unless they were asked for. */
  enum Answer {
    SNAPSHOT_PART,
    OLDER_BLOCKS,
    CHUNK_PIECE
  }

  /** Whether this peer owes such an answer at the moment. */
  boolean isAwaited(int peer, Answer kind);

  /**
   * A well-formed message.
   *
   * @param handled to be run once it has been dealt with; a peer with too much unhandled is not
   *     read from
   */
  void onMessage(int peer, PeerMessage message, Runnable handled);
}
