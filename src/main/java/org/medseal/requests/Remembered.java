package org.medseal.requests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What costs a decryption or a look-up to find out and never changes. The least recently used go.
 */
final class Remembered<K, V> {
  private final Map<K, V> known;

  Remembered(int most) {
    this.known =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Two callers may find out at once; both find the same. */
  V get(K key, Supplier<V> otherwise) {
    return find(key, () -> Optional.of(otherwise.get())).orElseThrow();
  }

  /** As {@link #get}, but that there is nothing is not remembered: it may still come. */
  Optional<V> find(K key, Supplier<Optional<V>> otherwise) {
    synchronized (known) {
      V found = known.get(key);
      if (found != null) {
        return Optional.of(found);
      }
    }
    Optional<V> found = otherwise.get();
    found.ifPresent(
        value -> {
          synchronized (known) {
            known.put(key, value);
          }
        });
    return found;
  }
}
