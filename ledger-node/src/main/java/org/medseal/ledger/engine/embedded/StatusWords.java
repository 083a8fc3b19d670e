package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.medseal.ledger.engine.EngineStatus.Peer;
import org.medseal.ledger.engine.EngineStatus.Quorum;

/** The sentences in which a node says why it is not committing. */
final class StatusWords {
  private static final long MS = 1_000;

  private StatusWords() {}

  /** Of a block whose time is out of the window. */
  static String clockOfBlock(long aheadMs) {
    return "its time is " + seconds(aheadMs) + direction(aheadMs) + " the clock of this node";
  }

  static String ownClock(long aheadMs, List<String> others) {
    return "the clock of this node is off: it is about "
        + seconds(aheadMs)
        + direction(aheadMs)
        + " the clocks of "
        + String.join(", ", others);
  }

  private static String direction(long aheadMs) {
    return aheadMs > 0 ? " ahead of" : " behind";
  }

  private static String seconds(long ms) {
    return (Math.abs(ms) + MS / 2) / MS + " s";
  }

  static String noQuorum(List<Peer> away, Quorum quorum) {
    String names = away.stream().map(StatusWords::away).collect(Collectors.joining(", "));
    return "no quorum is connected: "
        + names
        + "; "
        + (quorum.needed() - quorum.heard())
        + " more of "
        + quorum.total()
        + " stake needed";
  }

  private static String away(Peer peer) {
    return peer.institution() + " (" + peer.standing().stake() + " stake) " + lastHeard(peer);
  }

  /** When a peer was last heard from, and whether there is a connection at all. */
  static String lastHeard(Peer peer) {
    List<String> parts = new ArrayList<>();
    if (!peer.connected()) {
      parts.add("is not connected");
    }
    parts.add(
        peer.lastSeenMs() < 0
            ? "has never been heard"
            : "was last heard " + seconds(peer.lastSeenMs()) + " ago");
    return String.join(", ", parts);
  }
}
