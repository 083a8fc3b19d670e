package org.medseal.ledger.node;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.medseal.ledger.blob.BlobService;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.LinkBudgets;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.net.PeerListener;

/**
 * Passes on to the engine what peers say: transactions after their budgets and checks, everything
 * else at once, so that no vote waits behind the checks of what the same peer sent before.
 */
final class Ears implements PeerListener {
  private final EngineThread thread;
  private final ChecksAhead checks;
  private final Parts parts;
  private final LinkBudgets budgets = new LinkBudgets(LinkBudgets.Rates.STANDARD);

  /** Who hears of what; asked for once peers speak, not before. */
  record Parts(
      Supplier<EmbeddedEngineCore> core,
      Supplier<BlockServer> server,
      Supplier<NodeSnapshots> snapshots,
      Supplier<BlobService> blobs) {}

  Ears(EngineThread thread, ChecksAhead checks, Parts parts) {
    this.thread = thread;
    this.checks = checks;
    this.parts = parts;
  }

  @Override
  public void onConnected(int peer) {
    thread.execute(() -> parts.core().get().onPeerConnected(peer));
    parts.blobs().get().onConnected(peer);
  }

  @Override
  public void onDisconnected(int peer) {
    thread.execute(() -> parts.core().get().onPeerDisconnected(peer));
    parts.blobs().get().onDisconnected(peer);
  }

  @Override
  public void onMessage(int peer, PeerMessage message, Runnable handled) {
    if (message instanceof TransactionsMessage offered) {
      check(peer, offered.transactions(), TransactionsMessage::new, handled);
    } else if (message instanceof StemMessage handedOn) {
      check(peer, handedOn.transactions(), StemMessage::new, handled);
    } else if (message instanceof BlocksRequest request) {
      serve(peer, handled, () -> parts.server().get().serve(peer, request, handled));
    } else if (message instanceof OlderResponse older) {
      parts.snapshots().get().onOlder(peer, older);
      handled.run();
    } else if (message instanceof SnapshotMessage request) {
      serve(peer, handled, () -> parts.server().get().serve(peer, request, handled));
    } else if (message instanceof BlobMessage chunks) {
      parts.blobs().get().onMessage(peer, chunks, handled);
    } else {
      tell(peer, message, handled);
    }
  }

  /** Whole snapshots are fetched before there are any ears. */
  @Override
  public boolean isAwaited(int peer, Answer kind) {
    return switch (kind) {
      case SNAPSHOT_PART -> false;
      case OLDER_BLOCKS -> parts.snapshots().get().isAwaitedFrom(peer);
      case CHUNK_PIECE -> parts.blobs().get().isAwaitedFrom(peer);
    };
  }

  private void serve(int peer, Runnable handled, Runnable serving) {
    if (parts.core().get().isBanned(peer)) {
      handled.run();
    } else {
      serving.run();
    }
  }

  private void check(
      int peer,
      List<IdentifiedTransaction> offered,
      Function<List<IdentifiedTransaction>, PeerMessage> message,
      Runnable handled) {
    long nowMs = EngineThread.monotonicMs();
    List<IdentifiedTransaction> admitted =
        offered.stream()
            .filter(
                each -> budgets.admit(peer, each, parts.core().get().isPending(each.id()), nowMs))
            .toList();
    checks.deliver(peer, admitted, kept -> tell(peer, message.apply(kept), handled));
  }

  private void tell(int peer, PeerMessage message, Runnable handled) {
    boolean accepted =
        thread.execute(
            () -> {
              try {
                parts.core().get().onMessage(peer, message);
              } finally {
                handled.run();
              }
            });
    if (!accepted) {
      handled.run();
    }
  }
}
