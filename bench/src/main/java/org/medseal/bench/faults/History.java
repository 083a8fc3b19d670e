package org.medseal.bench.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every node said it committed, compared as it is said: one block a height whoever says it and
 * however often, no transaction twice, no evidence of an equivocation. From any thread.
 */
final class History {
  private final TreeMap<Long, Committed> blocks = new TreeMap<>();
  private final Map<String, Long> heightById = new HashMap<>();
  private final long[] tips;
  private final List<String> violations = new ArrayList<>();

  private record Committed(String blockId, List<String> ids) {}

  History(int nodes) {
    this.tips = new long[nodes];
  }

  /** A node's line: {@code B height id count-of-evidence ids…}; gives its height. */
  synchronized long take(int node, String line) {
    String[] parts = line.split(" ");
    long height = Long.parseLong(parts[1]);
    Committed said = new Committed(parts[2], List.of(parts).subList(4, parts.length));
    if (height > tips[node] + 1) {
      violations.add("node " + node + " went from " + tips[node] + " to " + height);
    }
    tips[node] = Math.max(tips[node], height);
    Committed known = blocks.putIfAbsent(height, said);
    if (known != null) {
      if (!known.equals(said)) {
        violations.add("node " + node + " has another block at height " + height);
      }
      return height;
    }
    if (!parts[3].equals("0")) {
      violations.add("block " + height + " holds evidence: somebody signed twice");
    }
    for (String id : said.ids()) {
      Long before = heightById.putIfAbsent(id, height);
      if (before != null) {
        violations.add("a transaction stands at heights " + before + " and " + height);
      }
    }
    return height;
  }

  /** The node starts from nothing and will say all of it again. */
  synchronized void forgetTip(int node) {
    tips[node] = 0;
  }

  synchronized boolean isCommitted(String id) {
    return heightById.containsKey(id);
  }

  synchronized long tip(int node) {
    return tips[node];
  }

  synchronized long tip() {
    return blocks.isEmpty() ? 0 : blocks.lastKey();
  }

  synchronized int transactions() {
    return heightById.size();
  }

  synchronized void violated(String what) {
    violations.add(what);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
