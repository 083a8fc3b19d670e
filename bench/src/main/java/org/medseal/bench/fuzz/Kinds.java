package org.medseal.bench.fuzz;

import java.util.SortedMap;
import java.util.TreeMap;

/** How many inputs ended in which way. */
final class Kinds {
  private final SortedMap<String, Long> counts = new TreeMap<>();

  void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  void add(Kinds other) {
    other.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
  }

  SortedMap<String, Long> counts() {
    return counts;
  }
}
