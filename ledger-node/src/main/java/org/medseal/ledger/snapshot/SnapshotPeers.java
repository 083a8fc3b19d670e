package org.medseal.ledger.snapshot;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;

/** Who can be asked by a node that joins. */
public interface SnapshotPeers {
  /** Those that are connected now. */
  List<Integer> connected();

  /** The answer; empty if none came in time. Blocks. */
  Optional<SnapshotMessage> ask(int peer, SnapshotMessage request) throws InterruptedException;

  /** It sent what no honest node sends. */
  void ban(int peer);
}
