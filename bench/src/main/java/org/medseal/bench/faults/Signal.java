package org.medseal.bench.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Rings whenever a node has said something, come up or ended. From any thread. */
final class Signal {
  synchronized void ring() {
    notifyAll();
  }

  /** False if it has not come to hold in time; looked at again at each ring. */
  synchronized boolean await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMs = (until - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }
}
