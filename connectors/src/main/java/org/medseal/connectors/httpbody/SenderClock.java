package org.medseal.connectors.httpbody;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the sender of a body has been waited for, and how long it has been held back: a sender
 * answers for its own time only. Instants are nanoseconds of one clock. For one thread.
 */
final class SenderClock {
  private final Pace pace;
  private long freeSinceNs;
  private long heardNs;
  private long waitedNs;
  private long dueNs; // of its own time: by then more must have come
  private boolean held;

  SenderClock(Pace pace, long nowNs) {
    this.pace = pace;
    this.freeSinceNs = nowNs;
    this.heardNs = nowNs;
    this.dueNs = silenceNs();
  }

  private long silenceNs() {
    return TimeUnit.MILLISECONDS.toNanos(pace.silenceMs());
  }

  private long ownNs(long nowNs) {
    return waitedNs + (held ? 0 : nowNs - freeSinceNs);
  }

  /** Each byte buys the time it may take; a fast start no more than twice the silence ahead. */
  void arrived(int bytes, long nowNs) {
    long bought = bytes * 1_000_000_000L / pace.slowestBytesPerSecond();
    dueNs = Math.min(dueNs + bought, ownNs(nowNs) + 2 * silenceNs());
    heardNs = nowNs;
  }

  void hold(long nowNs) {
    waitedNs += nowNs - freeSinceNs;
    freeSinceNs = nowNs;
    held = true;
  }

  void letGo(long nowNs) {
    freeSinceNs = nowNs;
    heardNs = nowNs;
    held = false;
  }

  /** 0 unless it is held back. */
  boolean isHeldFor(Duration patience, long nowNs) {
    return held && nowNs - freeSinceNs >= patience.toNanos();
  }

  /** It is silent for too long, or too slow. */
  boolean isGone(long nowNs) {
    if (held) {
      return false;
    }
    return nowNs - heardNs >= silenceNs() || ownNs(nowNs) > dueNs;
  }
}
