package org.medseal.ledger.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.ledger.model.Hash;

/**
 * Remembers which transactions the store was asked for in vain, and what was committed since: each
 * is judged several times before it stands in a block, and the store is asked once. Bounded; from
 * any thread.
 */
final class KnownAbsent {
  private static final int IDS = 1 << 15;
  static final int BLOCKS = 16;

  private final AppStore store;

  /** Height after which the id was not there. */
  private final Recent<Hash, Long> absentAfter = new Recent<>(IDS);

  private final TreeMap<Long, Set<Hash>> newest = new TreeMap<>();

  KnownAbsent(AppStore store) {
    this.store = store;
  }

  /** To be called before the store takes the block, so that nothing is overlooked between. */
  synchronized void committing(long height, Set<Hash> ids) {
    newest.put(height, Set.copyOf(ids));
    while (newest.size() > BLOCKS) {
      newest.pollFirstEntry();
    }
  }

  boolean contains(Hash id) {
    Optional<Boolean> known = absentAfter.find(id).flatMap(height -> since(height, id));
    return known.isPresent() ? known.get() : ask(id);
  }

  /** Empty if not all blocks since then are remembered. */
  private synchronized Optional<Boolean> since(long height, Hash id) {
    if (!newest.isEmpty() && newest.firstKey() > height + 1) {
      return Optional.empty();
    }
    Map<Long, Set<Hash>> later = newest.tailMap(height, false);
    return Optional.of(later.values().stream().anyMatch(each -> each.contains(id)));
  }

  private boolean ask(Hash id) {
    long height = store.height(); // before the look-up: what is committed meanwhile is remembered
    boolean there = store.containsTransaction(id);
    if (!there) {
      absentAfter.keep(id, height);
    }
    return there;
  }
}
