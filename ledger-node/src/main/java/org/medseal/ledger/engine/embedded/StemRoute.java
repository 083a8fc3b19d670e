package org.medseal.ledger.engine.embedded;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whom this node hands what must not be traced to it: one successor for a time, the same for its
 * own records, for others' that pass through, for chunks, and for sending again (after Dandelion++,
 * arXiv 1805.11060 section 4.2). Every node orders its peers by private lots, drawn anew after a
 * random time; the successor is the first in that order that is connected. From any thread.
 */
final class StemRoute implements StemSuccessor {
  /** Below, everybody can tell who did not write a record, whatever its way. */
  static final int SMALLEST_CONSORTIUM = 4;

  private static final long SHORTEST_EPOCH_MS = 5 * 60_000;
  private static final long LONGEST_EPOCH_MS = 15 * 60_000;

  private final Environment environment;
  private final Peers peers;
  private final Map<Integer, Long> lots = new HashMap<>();
  private final Set<Integer> failed = new HashSet<>();
  private long untilMs = Long.MIN_VALUE;

  StemRoute(Environment environment, Peers peers) {
    this.environment = environment;
    this.peers = peers;
  }

  /** From any thread. */
  @Override
  public boolean isUseful() {
    return peers.size() >= SMALLEST_CONSORTIUM;
  }

  /** Empty while no peer is connected. */
  @Override
  public OptionalInt peer() {
    return successor();
  }

  OptionalInt successor() {
    return place(0);
  }

  /** For what has come round to this node once more: the second in the order. */
  @Override
  public OptionalInt detour() {
    return place(1);
  }

  /** What was handed to this successor has not shown up: another one until the next lots. */
  @Override
  public synchronized void failed(int peer) {
    if (successor().equals(OptionalInt.of(peer))) {
      failed.add(peer);
    }
  }

  private synchronized OptionalInt place(int place) {
    long nowMs = environment.monotonicMs();
    if (nowMs >= untilMs) {
      lots.clear();
      failed.clear();
      untilMs = nowMs + environment.random().nextLong(SHORTEST_EPOCH_MS, LONGEST_EPOCH_MS);
    }
    List<Integer> usable = usable(nowMs);
    if (usable.isEmpty() && !failed.isEmpty()) {
      failed.clear();
      usable = usable(nowMs);
    }
    return usable.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(usable.get(Math.min(place, usable.size() - 1)));
  }

  private List<Integer> usable(long nowMs) {
    return IntStream.range(0, peers.size())
        .filter(peer -> peers.get(peer).isConnected() && !peers.get(peer).isBanned(nowMs))
        .filter(peer -> !failed.contains(peer))
        .boxed()
        .sorted(Comparator.comparing(this::lot))
        .toList();
  }

  private long lot(int peer) {
    return lots.computeIfAbsent(peer, each -> environment.random().nextLong());
  }
}
