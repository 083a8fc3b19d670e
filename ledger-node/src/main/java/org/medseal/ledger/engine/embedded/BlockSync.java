package org.medseal.ledger.engine.embedded;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;

/**
 * Fetches decided blocks from several peers at once, a range from each, within a window ahead of
 * the own height. A claimed height only says whom to ask; a block counts by its certificate alone.
 * Who is too slow loses its range to another; who sends what is not proven, or has not what it
 * claimed, is banned.
 */
final class BlockSync {
  /** Heights ahead of the own one that are asked for and kept. */
  private static final int WINDOW = 256;

  private static final long BUFFER_BYTES = 32L << 20;
  private static final int RANGES_PER_PEER = 2;

  private final Parts parts;
  private final Peers peers;
  private final TreeMap<Long, Range> asked = new TreeMap<>(); // by first height
  private final TreeMap<Long, Fetched> fetched = new TreeMap<>(); // by height
  private long fetchedBytes;
  private int lastAsked;

  /**
   * Asked of a peer.
   *
   * @param claimed it has said that it has the first of them
   */
  private record Range(int peer, long from, long to, long deadlineMs, boolean claimed) {}

  private record Fetched(int peer, StoredBlock block) {}

  BlockSync(Parts parts, Peers peers) {
    this.parts = parts;
    this.peers = peers;
  }

  /** Asks for what is missing in the window, whoever claims to have it and is not busy. */
  void consider(HeightDriver driver) {
    long next = parts.chain().state().nextHeight();
    forgetBelow(next);
    boolean idle = asked.isEmpty();
    long end = Math.min(next + WINDOW - 1, syncableTo());
    long from = hole(next);
    while (from <= end && fetchedBytes < BUFFER_BYTES) {
      boolean anybody = from == next && driver.missing().isPresent();
      OptionalInt peer = choose(anybody ? from - 1 : from, from);
      if (peer.isEmpty()) {
        break;
      }
      ask(peer.getAsInt(), from, end);
      from = hole(from);
    }
    if (idle && !asked.isEmpty()) {
      startTimer();
    }
  }

  private long syncableTo() {
    return parts.anchor().syncableTo(parts.chain().state(), parts.environment().nowMs());
  }

  /** The first height from here on that is neither here nor asked for. */
  private long hole(long height) {
    long hole = height;
    while (true) {
      Map.Entry<Long, Range> range = asked.floorEntry(hole);
      if (range != null && range.getValue().to() >= hole) {
        hole = range.getValue().to() + 1;
      } else if (fetched.containsKey(hole)) {
        hole++;
      } else {
        return hole;
      }
    }
  }

  /** The next one in turn that claims this height, holds what is wanted and has a range free. */
  private OptionalInt choose(long height, long wanted) {
    long nowMs = parts.environment().monotonicMs();
    for (int i = 1; i <= peers.size(); i++) {
      int peer = (lastAsked + i) % peers.size();
      PeerState state = peers.get(peer);
      boolean free =
          asked.values().stream().filter(each -> each.peer() == peer).count() < RANGES_PER_PEER;
      boolean able = state.isConnected() && !state.isBanned(nowMs) && state.holds(wanted);
      if (free && able && state.height() >= height) {
        return OptionalInt.of(peer);
      }
    }
    return OptionalInt.empty();
  }

  private void ask(int peer, long from, long windowEnd) {
    lastAsked = peer;
    long height = peers.get(peer).height();
    long to = Math.min(Math.max(from, height), from + PeerMessages.MAX_BLOCKS - 1);
    to = Math.min(to, windowEnd);
    to = Math.min(to, before(asked.higherKey(from)));
    to = Math.min(to, before(fetched.higherKey(from)));
    long deadlineMs = parts.environment().monotonicMs() + parts.settings().pacing().requestMs();
    asked.put(from, new Range(peer, from, to, deadlineMs, height >= from));
    parts.environment().send(peer, new BlocksRequest(from, to));
  }

  private static long before(Long height) {
    return height == null ? Long.MAX_VALUE : height - 1;
  }

  private void startTimer() {
    long nowMs = parts.environment().monotonicMs();
    long first = asked.values().stream().mapToLong(Range::deadlineMs).min().orElse(nowMs);
    parts
        .environment()
        .startTimer(new TimerId(TimerId.Kind.SYNC, 0, 0), Math.max(0, first - nowMs));
  }

  boolean isAsking() {
    return !asked.isEmpty();
  }

  /** Whoever has not answered by now loses its range, and is asked again once it speaks. */
  void timedOut() {
    long nowMs = parts.environment().monotonicMs();
    for (Iterator<Range> each = asked.values().iterator(); each.hasNext(); ) {
      Range range = each.next();
      if (range.deadlineMs() <= nowMs) {
        peers.get(range.peer()).claimsNothing();
        peers.get(range.peer()).givenUp();
        each.remove();
      }
    }
    if (!asked.isEmpty()) {
      startTimer();
    }
  }

  /** Its answers will not come any more. */
  void disconnected(int peer) {
    asked.values().removeIf(each -> each.peer() == peer);
  }

  /**
   * False when it is not what an honest node would have sent. Unasked or late answers are lost; an
   * empty one does not say what it answers, and counts as late while any late one is owed.
   */
  boolean received(int peer, BlocksResponse response) {
    List<StoredBlock> blocks = response.blocks();
    if (blocks.isEmpty() && peers.get(peer).repays()) {
      return true;
    }
    Optional<Range> range =
        asked.values().stream()
            .filter(each -> each.peer() == peer)
            .filter(each -> blocks.isEmpty() || blocks.get(0).height() == each.from())
            .findFirst();
    if (range.isEmpty()) {
      peers.get(peer).repays();
      return true;
    }
    asked.remove(range.get().from());
    if (blocks.isEmpty()) {
      peers.get(peer).claimsNothing();
      return !range.get().claimed();
    }
    if (!isWithin(range.get(), blocks)) {
      return false;
    }
    for (StoredBlock each : blocks) {
      fetched.put(each.height(), new Fetched(peer, each));
      fetchedBytes += BlockAnswers.bytes(each);
    }
    return true;
  }

  private static boolean isWithin(Range range, List<StoredBlock> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).height() != range.from() + i || range.from() + i > range.to()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The next block, proven, if it is here and its validators are trusted. Called again after each
   * commit.
   */
  Optional<StoredBlock> next() {
    long height = parts.chain().state().nextHeight();
    forgetBelow(height);
    if (height > syncableTo()) {
      fetched.clear();
      fetchedBytes = 0;
    }
    Fetched first = fetched.get(height);
    if (first == null) {
      return Optional.empty();
    }
    if (!isProven(first.block())) {
      ban(first.peer());
      return Optional.empty();
    }
    if (!parts.rules().followsTip(first.block().block())) {
      throw new EngineException(
          Reason.STATE_DIFFERS,
          "block " + height + " is proven but does not follow from the state here");
    }
    return Optional.of(first.block());
  }

  /** Disconnected; nothing more is taken of it, and nothing it sent is kept. */
  void ban(int peer) {
    peers.get(peer).ban(parts.environment().monotonicMs());
    parts.environment().ban(peer, PeerState.BAN_MS);
    disconnected(peer);
    fetched.values().removeIf(each -> each.peer() == peer);
    fetchedBytes =
        fetched.values().stream().mapToLong(each -> BlockAnswers.bytes(each.block())).sum();
  }

  private boolean isProven(StoredBlock stored) {
    return parts
            .rules()
            .isProof(stored.certificate(), stored.height(), Blocks.id(stored.block().header()))
        && BlockRules.isWhole(stored.block());
  }

  private void forgetBelow(long height) {
    for (Map.Entry<Long, Fetched> first = fetched.firstEntry();
        first != null && first.getKey() < height;
        first = fetched.firstEntry()) {
      fetchedBytes -= BlockAnswers.bytes(fetched.remove(first.getKey()).block());
    }
    asked.values().removeIf(each -> each.to() < height);
  }
}
