package org.medseal.ledger.snapshot;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.snapshot.SnapshotException.Reason;

/**
 * Those who have the snapshot that is being fetched, asked in turn. Who sends what is not true is
 * banned; who does not answer, or has it no more, comes last, and after some times running is asked
 * no longer.
 */
final class Holders {
  private static final int STRIKES = 3;

  private final SnapshotPeers peers;
  private final long height;
  private final Deque<Integer> inTurn;
  private final Map<Integer, Integer> strikes = new HashMap<>();

  Holders(SnapshotPeers peers, long height, Collection<Integer> holders) {
    this.peers = peers;
    this.height = height;
    this.inTurn = new ArrayDeque<>(holders);
  }

  /** Asks one peer for one thing, or several; empty if it did not answer. */
  interface Conversation<T> {
    Optional<T> with(int peer) throws InterruptedException;
  }

  /**
   * What the first of them gives that is true. A conversation that throws SnapshotException
   * NOT_TRUE, ProofException or CodecException shows that the peer lies; SnapshotException NOT_TRUE
   * when nobody is left.
   */
  <T> T any(String what, Conversation<T> conversation) throws InterruptedException {
    while (!inTurn.isEmpty()) {
      int peer = inTurn.removeFirst();
      try {
        Optional<T> given = conversation.with(peer);
        if (given.isPresent()) {
          strikes.remove(peer);
          inTurn.addLast(peer);
          return given.get();
        }
        if (strikes.merge(peer, 1, Integer::sum) < STRIKES) {
          inTurn.addLast(peer);
        }
      } catch (CodecException | ProofException e) {
        peers.ban(peer);
      } catch (SnapshotException e) {
        if (e.reason() != Reason.NOT_TRUE) {
          throw e;
        }
        peers.ban(peer);
      }
    }
    throw new SnapshotException(
        Reason.NOT_TRUE, "no peer is left that gives " + what + " of the snapshot of " + height);
  }

  /** The content of a part, not empty; empty if the peer does not answer or has it no more. */
  Optional<Bytes> part(int peer, SnapshotPart.Kind kind, long from) throws InterruptedException {
    return ask(peer, new SnapshotPartRequest(height, kind, from), SnapshotPart.class)
        .map(SnapshotPart::content)
        .filter(each -> each.length() > 0);
  }

  /** Empty if the peer does not answer, or answers something else. */
  <T extends SnapshotMessage> Optional<T> ask(int peer, SnapshotMessage request, Class<T> kind)
      throws InterruptedException {
    return peers
        .ask(peer, request)
        .filter(each -> SnapshotPeers.isAnswer(request, each))
        .map(kind::cast);
  }

  /** SnapshotException NOT_TRUE unless it holds. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new SnapshotException(Reason.NOT_TRUE, otherwise);
    }
  }
}
