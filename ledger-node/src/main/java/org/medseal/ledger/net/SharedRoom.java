package org.medseal.ledger.net;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for what waits to be sent to all peers together: each has a bound of its own, but several
 * that read slowly would add up. When there is none left, whoever has most waiting is given up.
 * From any thread; never called while a holder is locked.
 */
final class SharedRoom {
  private final long maxBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final Set<Holder> holders = ConcurrentHashMap.newKeySet();

  /** One peer's queue. */
  interface Holder {
    long waitingBytes();

    /** Gives all its room back. */
    void giveUp();
  }

  SharedRoom(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  void enter(Holder holder) {
    holders.add(holder);
  }

  void leave(Holder holder) {
    holders.remove(holder);
  }

  /** False if there is no room and nobody else has more waiting than this one. */
  boolean take(Holder holder, long bytes) {
    while (!fits(bytes)) {
      Optional<Holder> slowest =
          holders.stream().max(Comparator.comparingLong(Holder::waitingBytes));
      if (slowest.isEmpty()
          || slowest.get() == holder
          || slowest.get().waitingBytes() <= holder.waitingBytes()) {
        return false;
      }
      slowest.get().giveUp();
    }
    return true;
  }

  /** Never counts what does not fit, not even for a moment: others would be given up for it. */
  private boolean fits(long bytes) {
    long used = usedBytes.get();
    while (used + bytes <= maxBytes) {
      if (usedBytes.compareAndSet(used, used + bytes)) {
        return true;
      }
      used = usedBytes.get();
    }
    return false;
  }

  void give(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  long usedBytes() {
    return usedBytes.get();
  }
}
