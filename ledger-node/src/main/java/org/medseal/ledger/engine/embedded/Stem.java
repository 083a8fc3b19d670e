package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.mempool.StemPool;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;

/**
 * Carries anonymous records from node to node before anybody gossips them (after Dandelion++, arXiv
 * 1805.11060). A node hands its own records to its successor and never gossips them first; of
 * others' it gossips one in {@link #FLUFF_ONE_IN} and hands on the rest in the same way as its own.
 * Each waits a random moment, so that order and time of arrival say little. A record that does not
 * show up in anybody's gossip in time goes another way. On the engine thread, but for {@link #hold}
 * and {@link #holds}.
 */
final class Stem {
  static final int FLUFF_ONE_IN = 4;
  static final long LONGEST_DELAY_MS = 50;
  static final long LONGEST_EMBARGO_MS = 60_000;

  private static final long SHORTEST_DELAY_MS = 5;
  private static final long EMBARGO_MS = 3_000;
  private static final int MOST_DOUBLINGS = 1;
  private static final int BATCH_BYTES = 256 << 10;

  private final Parts parts;
  private final StemRoute route;
  private final StemPool pool;
  private final Map<Hash, Held> held = new LinkedHashMap<>();
  private long wakeMs = Long.MAX_VALUE;

  private enum Next {
    HAND_ON,
    DETOUR,
    FLUFF,
    EMBARGO_ENDS
  }

  /** What this node gossips first, with the link it came by. */
  record Fluffed(IdentifiedTransaction record, int link) {}

  private static final class Held {
    private final IdentifiedTransaction record;
    private final int link;
    private Next next = Next.HAND_ON;
    private long dueMs;
    private int embargoes;
    private boolean detoured;
    private OptionalInt handedTo = OptionalInt.empty();

    Held(IdentifiedTransaction record, int link) {
      this.record = record;
      this.link = link;
    }

    boolean isOwn() {
      return link == Mempool.OWN;
    }
  }

  Stem(Parts parts, StemRoute route, StemPool pool) {
    this.parts = parts;
    this.route = route;
    this.pool = pool;
  }

  /** Whether it must not be gossiped by its author; from any thread. */
  boolean concerns(IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof RecordTransaction && route.isUseful();
  }

  /** Makes room for an own record, which {@link #own} then starts; from any thread. */
  Verdict hold(IdentifiedTransaction record) {
    return pool.add(record, Mempool.OWN);
  }

  /** From any thread. */
  boolean holds(Hash id) {
    return pool.contains(id);
  }

  /** Starts what {@link #hold} made room for; once more does nothing. */
  void own(IdentifiedTransaction record) {
    if (holds(record.id()) && !held.containsKey(record.id())) {
      Held mine = new Held(record, Mempool.OWN);
      held.put(record.id(), mine);
      later(mine, Next.HAND_ON);
    }
  }

  /**
   * A checked record from a peer's stem. What comes round again takes the other way, once, or is
   * gossiped here if it is not this node's own: with one node away the others soon form a ring.
   */
  void relay(IdentifiedTransaction record, int peer) {
    Held known = held.get(record.id());
    if (known != null) {
      if (!known.detoured) {
        known.detoured = true;
        later(known, !known.isOwn() && random().nextBoolean() ? Next.FLUFF : Next.DETOUR);
      }
      return;
    }
    if (pool.add(record, peer).isOk()) {
      Held passing = new Held(record, peer);
      held.put(record.id(), passing);
      later(passing, random().nextInt(FLUFF_ONE_IN) == 0 ? Next.FLUFF : Next.HAND_ON);
    }
  }

  /** Somebody gossips it, or it has been decided: nothing of it stays here. */
  void release(Hash id) {
    held.remove(id);
    pool.remove(id);
  }

  void releaseIf(Predicate<IdentifiedTransaction> unwanted) {
    held.values().stream()
        .map(each -> each.record)
        .filter(unwanted)
        .map(IdentifiedTransaction::id)
        .toList()
        .forEach(this::release);
  }

  /**
   * Hands on what is due, shuffled.
   *
   * @return what this node now has to gossip
   */
  List<Fluffed> due() {
    long nowMs = parts.environment().monotonicMs();
    wakeMs = Long.MAX_VALUE;
    List<Fluffed> fluffed = new ArrayList<>();
    Map<Integer, List<Held>> leaving = new TreeMap<>();
    for (Held each : List.copyOf(held.values())) {
      if (each.dueMs <= nowMs) {
        if (each.next == Next.EMBARGO_ENDS) {
          endEmbargo(each);
        }
        if (each.next == Next.FLUFF) {
          fluffed.add(new Fluffed(each.record, each.link));
          release(each.record.id());
        } else if (held.containsKey(each.record.id())) {
          handOn(each, leaving);
        }
      }
    }
    leaving.forEach(this::send);
    held.values().stream().mapToLong(each -> each.dueMs).min().ifPresent(this::wakeAt);
    return fluffed;
  }

  private void handOn(Held each, Map<Integer, List<Held>> leaving) {
    OptionalInt to = each.next == Next.DETOUR ? route.detour() : route.successor();
    to.ifPresent(peer -> leaving.computeIfAbsent(peer, any -> new ArrayList<>()).add(each));
    each.handedTo = to;
    each.next = Next.EMBARGO_ENDS;
    each.dueMs = parts.environment().monotonicMs() + embargoMs(each.embargoes);
  }

  /**
   * Nobody has gossiped it: lost, or held back by somebody. The author tries another way and leaves
   * gossiping to others; to anyone who watches, whoever passes it on may do the same.
   */
  private void endEmbargo(Held each) {
    if (!parts.application().check(each.record).isOk()) {
      release(each.record.id());
      return;
    }
    each.embargoes++;
    each.handedTo.ifPresent(route::failed);
    each.next = !each.isOwn() && random().nextBoolean() ? Next.FLUFF : Next.HAND_ON;
  }

  private long embargoMs(int ended) {
    long mean = EMBARGO_MS << Math.min(ended, MOST_DOUBLINGS);
    double exponential = -Math.log(1 - random().nextDouble());
    return Math.min(LONGEST_EMBARGO_MS, mean + (long) (mean * exponential));
  }

  private void send(int peer, List<Held> leaving) {
    List<IdentifiedTransaction> batch = new ArrayList<>();
    long bytes = 0;
    for (Held each : shuffled(leaving)) {
      int size = each.record.encoded().length();
      if (!batch.isEmpty()
          && (bytes + size > BATCH_BYTES || batch.size() == PeerMessages.MAX_TRANSACTIONS)) {
        parts.environment().send(peer, new StemMessage(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(each.record);
      bytes += size;
    }
    parts.environment().send(peer, new StemMessage(batch));
  }

  private List<Held> shuffled(List<Held> records) {
    record Lot(long lot, Held held) {}
    return records.stream()
        .map(each -> new Lot(random().nextLong(), each))
        .sorted(Comparator.comparingLong(Lot::lot))
        .map(Lot::held)
        .toList();
  }

  private void later(Held each, Next next) {
    each.next = next;
    long delayMs = random().nextLong(SHORTEST_DELAY_MS, LONGEST_DELAY_MS + 1);
    each.dueMs = parts.environment().monotonicMs() + delayMs;
    wakeAt(each.dueMs);
  }

  private void wakeAt(long dueMs) {
    if (dueMs < wakeMs) {
      wakeMs = dueMs;
      long inMs = Math.max(SHORTEST_DELAY_MS, dueMs - parts.environment().monotonicMs());
      parts.environment().startTimer(new TimerId(TimerId.Kind.STEM, 0, 0), inMs);
    }
  }

  private RandomGenerator random() {
    return parts.environment().random();
  }
}
