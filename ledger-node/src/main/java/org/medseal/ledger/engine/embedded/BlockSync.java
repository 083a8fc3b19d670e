package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;

/**
 * Fetches decided blocks from peers, one request at a time. A claimed height only says whom to ask;
 * a block counts by its certificate alone.
 */
final class BlockSync {
  private static final long RESPONSE_BYTES = 4L << 20;

  private final Parts parts;
  private final Peers peers;
  private OptionalInt asked = OptionalInt.empty();
  private int lastAsked;

  BlockSync(Parts parts, Peers peers) {
    this.parts = parts;
    this.peers = peers;
  }

  /** Asks somebody who claims more than we have, if nobody is being asked. */
  void consider(HeightDriver driver) {
    long next = parts.chain().state().nextHeight();
    if (asked.isPresent()) {
      return;
    }
    boolean anybody = driver.missing().isPresent();
    OptionalInt peer = choose(anybody ? next - 1 : next);
    if (peer.isPresent()) {
      ask(peer.getAsInt(), next);
    }
  }

  /** The next one in turn that claims at least this height. */
  private OptionalInt choose(long height) {
    long nowMs = parts.environment().monotonicMs();
    for (int i = 1; i <= peers.size(); i++) {
      int peer = (lastAsked + i) % peers.size();
      PeerState state = peers.get(peer);
      if (state.isConnected() && !state.isBanned(nowMs) && state.height() >= height) {
        return OptionalInt.of(peer);
      }
    }
    return OptionalInt.empty();
  }

  private void ask(int peer, long next) {
    asked = OptionalInt.of(peer);
    lastAsked = peer;
    long claimed = Math.max(next, peers.get(peer).height());
    long to = Math.min(claimed, next + PeerMessages.MAX_BLOCKS - 1);
    parts.environment().send(peer, new BlocksRequest(next, to));
    parts
        .environment()
        .startTimer(new TimerId(TimerId.Kind.SYNC, next, 0), parts.settings().pacing().requestMs());
  }

  boolean isAsking() {
    return asked.isPresent();
  }

  void timedOut() {
    asked.ifPresent(peer -> peers.get(peer).claims(-1));
    asked = OptionalInt.empty();
  }

  /**
   * The part of an answer to take now: the next block, proven, or nothing. Called again after each
   * commit with the rest.
   */
  Optional<StoredBlock> next(int peer, BlocksResponse response) {
    long height = parts.chain().state().nextHeight();
    Optional<StoredBlock> next =
        response.blocks().stream().filter(each -> each.height() == height).findFirst();
    if (next.isPresent() && !isProven(next.get())) {
      peers.get(peer).ban(parts.environment().monotonicMs());
      return Optional.empty();
    }
    next.filter(each -> !parts.rules().followsTip(each.block()))
        .ifPresent(
            each -> {
              throw new EngineException(
                  Reason.STATE_DIFFERS,
                  "block " + height + " is proven but does not follow from the state here");
            });
    return next;
  }

  private boolean isProven(StoredBlock stored) {
    return parts
            .rules()
            .isProof(stored.certificate(), stored.height(), Blocks.id(stored.block().header()))
        && parts.rules().isWhole(stored.block());
  }

  /** The answer is used up. */
  void answered(int peer, boolean useful) {
    if (asked.equals(OptionalInt.of(peer))) {
      asked = OptionalInt.empty();
      if (!useful) {
        peers.get(peer).claims(-1);
      }
    }
  }

  boolean isAsked(int peer) {
    return asked.equals(OptionalInt.of(peer));
  }

  /** Bounded in count and bytes; at least one block if there is any. */
  void answer(int peer, BlocksRequest request) {
    List<StoredBlock> blocks = new ArrayList<>();
    long bytes = 0;
    long last = Math.min(request.to(), parts.chain().state().height());
    for (long height = Math.max(1, request.from()); height <= last; height++) {
      StoredBlock stored = parts.chain().block(height).orElseThrow();
      bytes += stored.block().transactions().stream().mapToLong(t -> t.encoded().length()).sum();
      if (!blocks.isEmpty()
          && (blocks.size() == PeerMessages.MAX_BLOCKS || bytes > RESPONSE_BYTES)) {
        break;
      }
      blocks.add(stored);
    }
    parts.environment().send(peer, new BlocksResponse(blocks));
  }
}
