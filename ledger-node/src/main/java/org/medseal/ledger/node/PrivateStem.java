package org.medseal.ledger.node;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.medseal.ledger.engine.embedded.StemSuccessor;

/** Peers in the order of private lots, drawn anew every five to fifteen minutes. */
final class PrivateStem implements StemSuccessor {
  private static final long SHORTEST_MS = 300_000;
  private static final long LONGEST_MS = 900_000;

  private final Supplier<List<Integer>> connected;
  private final LongSupplier clockMs;
  private final RandomGenerator random;
  private final Map<Integer, Long> lots = new HashMap<>();
  private long untilMs = Long.MIN_VALUE;

  PrivateStem(Supplier<List<Integer>> connected, LongSupplier clockMs, RandomGenerator random) {
    this.connected = connected;
    this.clockMs = clockMs;
    this.random = random;
  }

  @Override
  public synchronized OptionalInt peer() {
    long nowMs = clockMs.getAsLong();
    if (nowMs >= untilMs) {
      lots.clear();
      untilMs = nowMs + random.nextLong(SHORTEST_MS, LONGEST_MS);
    }
    return connected.get().stream()
        .min(Comparator.comparing(peer -> lots.computeIfAbsent(peer, each -> random.nextLong())))
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }
}
