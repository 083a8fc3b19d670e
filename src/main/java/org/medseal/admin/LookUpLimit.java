package org.medseal.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A token bucket per user: nobody walks through all patient numbers. Thread-safe. */
final class LookUpLimit {
  private final int burst;
  private final int perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new HashMap<>();

  private record Bucket(double tokens, long atNanos) {}

  LookUpLimit(int burst, int perSecond, LongSupplier nanoTime) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** Takes one look-up from the user's allowance; false when it is used up. */
  synchronized boolean take(String userId) {
    long now = nanoTime.getAsLong();
    Bucket was = buckets.getOrDefault(userId, new Bucket(burst, now));
    double tokens = Math.min(burst, was.tokens() + (now - was.atNanos()) / 1e9 * perSecond);
    boolean enough = tokens >= 1;
    buckets.put(userId, new Bucket(enough ? tokens - 1 : tokens, now));
    return enough;
  }
}
