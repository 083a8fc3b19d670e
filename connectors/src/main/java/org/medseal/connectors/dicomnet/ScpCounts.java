package org.medseal.connectors.dicomnet;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a server's associations came to, since it was made; for any thread. */
public final class ScpCounts {
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder aborted = new LongAdder();
  private final LongAdder faults = new LongAdder();
  private final Map<StoreStatus, LongAdder> answers = new EnumMap<>(StoreStatus.class);

  public ScpCounts() {
    for (StoreStatus status : StoreStatus.values()) {
      answers.put(status, new LongAdder());
    }
  }

  /**
   * At one moment.
   *
   * @param aborted of the accepted, those that ended otherwise than by a release
   * @param answers to C-STORE requests, every status
   */
  public record Reading(
      int open, long accepted, long rejected, long aborted, Map<StoreStatus, Long> answers) {
    public Reading {
      answers = Map.copyOf(answers);
    }
  }

  public Reading reading() {
    Map<StoreStatus, Long> each = new EnumMap<>(StoreStatus.class);
    answers.forEach((status, count) -> each.put(status, count.sum()));
    return new Reading(open.get(), accepted.sum(), rejected.sum(), aborted.sum(), each);
  }

  void opened() {
    accepted.increment();
    open.incrementAndGet();
  }

  void ended(boolean released) {
    open.decrementAndGet();
    if (!released) {
      aborted.increment();
    }
  }

  void rejected() {
    rejected.increment();
  }

  /** Associations that ended by a fault of ours, of those aborted. */
  long faults() {
    return faults.sum();
  }

  void fault() {
    faults.increment();
  }

  void answered(StoreStatus status) {
    answers.get(status).increment();
  }
}
