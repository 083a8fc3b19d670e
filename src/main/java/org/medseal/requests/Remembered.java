package org.medseal.requests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What costs a decryption to find out and never changes, nothing included, because a list would try
 * each again. The least recently used go.
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
    synchronized (known) {
      V found = known.get(key);
      if (found != null) {
        return found;
      }
    }
    V found = otherwise.get();
    synchronized (known) {
      known.put(key, found);
    }
    return found;
  }
}
