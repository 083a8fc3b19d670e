package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.medseal.ledger.model.Hash;

/**
 * What peers offer and this node lacks: who offers it, and of whom it is asked. One peer at a time,
 * and another once that one has not delivered; whoever owes most is asked last, and waits a moment
 * for others to offer the same. What one peer alone has named is bounded.
 */
final class Pulls {
  static final long PATIENCE_MS = 2_000;

  /** Named first by one peer. */
  static final int MAX_PER_PEER = 2_048;

  private static final int MAX_DEBT = 1 << 20;

  /** Of a debt, forgiven each time that is looked at: half of it in some ten seconds. */
  private static final int FORGIVEN_PART = 16;

  private final Map<Hash, Pull> pulls = new LinkedHashMap<>();
  private final Map<Integer, Integer> named = new HashMap<>();
  private final Map<Integer, Integer> debts = new HashMap<>();

  private static final class Pull {
    private final int namedBy;
    private final BitSet sources = new BitSet();
    private OptionalInt asked = OptionalInt.empty();
    private long askedMs;

    Pull(int namedBy) {
      this.namedBy = namedBy;
    }

    void ask(int peer, long nowMs) {
      sources.clear(peer);
      asked = OptionalInt.of(peer);
      askedMs = nowMs;
    }
  }

  /** Whether to ask this peer for it at once. */
  boolean isOffered(int peer, Hash id, long nowMs) {
    Pull pull = pulls.get(id);
    if (pull == null) {
      if (named.getOrDefault(peer, 0) >= MAX_PER_PEER) {
        return false;
      }
      named.merge(peer, 1, Integer::sum);
      pull = new Pull(peer);
      pulls.put(id, pull);
    }
    if (pull.asked.isEmpty() && debt(peer) == 0) {
      pull.ask(peer, nowMs);
      return true;
    }
    if (!pull.asked.equals(OptionalInt.of(peer))) {
      pull.sources.set(peer);
    }
    return false;
  }

  /** Whom to ask now for what; called about once a second. */
  Map<Integer, List<Hash>> due(long nowMs, Predicate<Hash> isHere) {
    Map<Integer, List<Hash>> due = new TreeMap<>();
    for (Iterator<Map.Entry<Hash, Pull>> all = pulls.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Hash, Pull> each = all.next();
      Pull pull = each.getValue();
      if (isHere.test(each.getKey())) {
        pull.asked.ifPresent(peer -> debts.computeIfPresent(peer, (any, debt) -> debt / 2));
        close(all, pull);
      } else if (pull.asked.isEmpty() || nowMs - pull.askedMs >= PATIENCE_MS) {
        pull.asked.ifPresent(this::owes);
        OptionalInt next = leastOwing(pull.sources);
        if (next.isPresent()) {
          pull.ask(next.getAsInt(), nowMs);
          due.computeIfAbsent(next.getAsInt(), any -> new ArrayList<>()).add(each.getKey());
        } else {
          close(all, pull);
        }
      }
    }
    debts.replaceAll((peer, debt) -> debt - (debt + FORGIVEN_PART - 1) / FORGIVEN_PART);
    debts.values().removeIf(debt -> debt == 0);
    return due;
  }

  private void close(Iterator<?> at, Pull pull) {
    at.remove();
    leave(pull);
  }

  private void leave(Pull pull) {
    named.computeIfPresent(pull.namedBy, (any, count) -> count == 1 ? null : count - 1);
  }

  private void owes(int peer) {
    debts.merge(peer, 1, (debt, one) -> Math.min(MAX_DEBT, debt + one));
  }

  private int debt(int peer) {
    return debts.getOrDefault(peer, 0);
  }

  private OptionalInt leastOwing(BitSet sources) {
    OptionalInt least = OptionalInt.empty();
    for (int peer = sources.nextSetBit(0); peer >= 0; peer = sources.nextSetBit(peer + 1)) {
      if (least.isEmpty() || debt(peer) < debt(least.getAsInt())) {
        least = OptionalInt.of(peer);
      }
    }
    return least;
  }

  /** It is on the ledger. */
  void decided(Hash id) {
    Pull pull = pulls.remove(id);
    if (pull != null) {
      leave(pull);
    }
  }

  /** Nothing will come from there; what was asked of it is asked of others next time. */
  void disconnected(int peer) {
    for (Pull pull : pulls.values()) {
      pull.sources.clear(peer);
      if (pull.asked.equals(OptionalInt.of(peer))) {
        pull.asked = OptionalInt.empty();
      }
    }
  }

  boolean isEmpty() {
    return pulls.isEmpty();
  }

  int size() {
    return pulls.size();
  }
}
