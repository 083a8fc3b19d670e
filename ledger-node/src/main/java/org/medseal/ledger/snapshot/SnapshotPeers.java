package org.medseal.ledger.snapshot;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsRequest;

/** Who can be asked by a node that joins. */
public interface SnapshotPeers {
  /** Those that are connected now. */
  List<Integer> connected();

  /** The answer; empty if none came in time. Blocks. */
  Optional<SnapshotMessage> ask(int peer, SnapshotMessage request) throws InterruptedException;

  /** It sent what no honest node sends. */
  void ban(int peer);

  /**
   * Whether the message answers this request. Another one is the peer's own request, or its late
   * answer to an earlier one: no reason to blame it.
   */
  static boolean isAnswer(SnapshotMessage request, SnapshotMessage message) {
    if (request instanceof SnapshotPartRequest asked) {
      return message instanceof SnapshotPart part
          && part.height() == asked.height()
          && part.part() == asked.part()
          && part.from() == asked.from();
    } else if (request instanceof OlderRequest asked) {
      return message instanceof OlderResponse older
          && (older.blocks().isEmpty() || older.blocks().get(0).height() == asked.to());
    }
    return request instanceof SnapshotsRequest && message instanceof SnapshotsAnswer;
  }
}
