package org.medseal.connectors.message;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Wall clock for what people read, monotonic milliseconds for leases and delays. */
record Times(InstantSource wall, LongSupplier monotonicMs) {
  static Times system() {
    return new Times(InstantSource.system(), () -> System.nanoTime() / 1_000_000);
  }
}
