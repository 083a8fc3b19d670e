package org.medseal.ledger.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bounded memory; the longest unused goes first. From any thread. */
final class Recent<K, V> {
  private final Map<K, V> entries;

  Recent(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a memory needs a place to remember");
    }
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > bound;
          }
        };
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void keep(K key, V value) {
    entries.put(key, value);
  }
}
