package org.medseal.ledger.app;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Remembers which keys of transactions the store was asked for in vain, and what was committed
 * since: each transaction is judged several times before it stands in a block, and the store is
 * asked once. Bounded; from any thread.
 *
 * @param <K> an id or a salt
 */
final class KnownAbsent<K> {
  private static final int KEYS = 1 << 15;
  static final int BLOCKS = 16;

  private final LongSupplier storedHeight;
  private final Predicate<K> stored;

  /** Height after which the key was not there. */
  private final Recent<K, Long> absentAfter = new Recent<>(KEYS);

  private final TreeMap<Long, Set<K>> newest = new TreeMap<>();

  /**
   * @param storedHeight of the newest block in the store
   * @param stored whether the store holds a key
   */
  KnownAbsent(LongSupplier storedHeight, Predicate<K> stored) {
    this.storedHeight = storedHeight;
    this.stored = stored;
  }

  /** To be called before the store takes the block, so that nothing is overlooked between. */
  synchronized void committing(long height, Collection<K> keys) {
    newest.put(height, Set.copyOf(keys));
    while (newest.size() > BLOCKS) {
      newest.pollFirstEntry();
    }
  }

  boolean contains(K key) {
    Optional<Boolean> known = absentAfter.find(key).flatMap(height -> since(height, key));
    return known.isPresent() ? known.get() : ask(key);
  }

  /** Empty if not all blocks since then are remembered. */
  private synchronized Optional<Boolean> since(long height, K key) {
    if (!newest.isEmpty() && newest.firstKey() > height + 1) {
      return Optional.empty();
    }
    Map<Long, Set<K>> later = newest.tailMap(height, false);
    return Optional.of(later.values().stream().anyMatch(each -> each.contains(key)));
  }

  private boolean ask(K key) {
    long height = storedHeight.getAsLong(); // before the look-up: later blocks are remembered
    boolean there = stored.test(key);
    if (!there) {
      absentAfter.keep(key, height);
    }
    return there;
  }
}
