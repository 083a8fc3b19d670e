package org.medseal.ledger.node;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.net.PeerListener;
import org.medseal.ledger.snapshot.SnapshotPeers;

/**
 * What peers say to a node that joins. Only the answer to the question a peer was asked last is
 * kept; its own requests and its late answers are let go, and the wait for the answer goes on.
 */
final class JoinAnswers implements PeerListener {
  private final Map<Integer, Asked> asked = new TreeMap<>(); // guarded by itself
  private final LinkedBlockingQueue<Integer> connections = new LinkedBlockingQueue<>();

  private record Asked(SnapshotMessage request, BlockingQueue<SnapshotMessage> waiting) {}

  @Override
  public void onConnected(int peer) {
    connections.add(peer);
  }

  @Override
  public void onDisconnected(int peer) {}

  @Override
  public boolean isAwaited(int peer, Answer kind) {
    synchronized (asked) {
      return Optional.ofNullable(asked.get(peer))
          .map(Asked::request)
          .filter(request -> isAnsweredBy(request, kind))
          .isPresent();
    }
  }

  private static boolean isAnsweredBy(SnapshotMessage request, Answer kind) {
    return switch (kind) {
      case SNAPSHOT_PART -> request instanceof SnapshotPartRequest;
      case OLDER_BLOCKS -> request instanceof OlderRequest;
      case CHUNK_PIECE -> false;
    };
  }

  @Override
  public void onMessage(int peer, PeerMessage message, Runnable handled) {
    if (message instanceof SnapshotMessage answer) {
      synchronized (asked) {
        Optional.ofNullable(asked.get(peer))
            .filter(each -> SnapshotPeers.isAnswer(each.request(), answer))
            .ifPresent(
                each -> {
                  asked.remove(peer);
                  each.waiting().add(answer);
                });
      }
    }
    handled.run();
  }

  /** Where the answer will be; an earlier question to that peer is given up. */
  BlockingQueue<SnapshotMessage> expect(int peer, SnapshotMessage request) {
    BlockingQueue<SnapshotMessage> waiting = new LinkedBlockingQueue<>();
    synchronized (asked) {
      asked.put(peer, new Asked(request, waiting));
    }
    return waiting;
  }

  /** Until somebody else is connected, or for a while. */
  void pause(long ms) throws InterruptedException {
    connections.poll(ms, TimeUnit.MILLISECONDS);
  }
}
