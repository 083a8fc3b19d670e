package org.medseal.connectors.httpbody;

import java.time.Duration;

/**
 * How long the sender of a body has been waited for, and how long it has been held back: a sender
 * answers for its own time only. Instants are nanoseconds of one clock. For one thread.
 */
final class SenderClock {
  private final Pace pace;
  private long freeSinceNs;
  private long heardNs;
  private long waitedNs;
  private long receivedBytes;
  private boolean held;

  SenderClock(Pace pace, long nowNs) {
    this.pace = pace;
    this.freeSinceNs = nowNs;
    this.heardNs = nowNs;
  }

  void arrived(int bytes, long nowNs) {
    receivedBytes += bytes;
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
    Duration silence = Duration.ofNanos(nowNs - heardNs);
    Duration waited = Duration.ofNanos(waitedNs + nowNs - freeSinceNs);
    return silence.toMillis() >= pace.silenceMs()
        || pace.isTooSlow(waited.toMillis(), receivedBytes);
  }
}
