package org.medseal.bench.people;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;

/**
 * One thread's users, one after the other at equal distances, again and again. A poll counts from
 * when it was due, so a node that falls behind is seen to.
 */
final class Turns implements Callable<Turns> {
  private static final int LARGEST = 1 << 20;

  private final List<AdminClient> users;
  private final long begin;
  private final long end;
  private final Duration every;
  private final long[] nanos = new long[LARGEST];
  private int answered;
  private long failed;

  Turns(List<AdminClient> users, long begin, Duration every, long end) {
    this.users = users;
    this.begin = begin;
    this.every = every;
    this.end = end;
  }

  @Override
  public Turns call() {
    long distance = users.isEmpty() ? 1 : every.toNanos() / users.size();
    for (long i = 0; begin + i * distance < end && !users.isEmpty(); i++) {
      long due = begin + i * distance;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      poll(users.get((int) (i % users.size())), due);
    }
    return this;
  }

  private void poll(AdminClient user, long due) {
    try {
      boolean listed = user.get("/api/v1/requests").expect(200).json().path("requests").size() == 1;
      failed += listed ? 0 : 1;
    } catch (ClientException e) {
      failed++;
      return;
    }
    nanos[answered++] = System.nanoTime() - due;
  }

  void add(Turns other) {
    System.arraycopy(other.nanos, 0, nanos, answered, other.answered);
    answered += other.answered;
    failed += other.failed;
  }

  long failed() {
    return failed;
  }

  String told(int of, double seconds) {
    Arrays.sort(nanos, 0, answered);
    return String.format(
        Locale.ROOT,
        "%d users, each every %d s: %d answers in %.0f s (%.0f/s), p50 %.1f ms, p95 %.1f ms,"
            + " p99 %.1f ms, %d failed",
        of,
        every.toSeconds(),
        answered,
        seconds,
        answered / seconds,
        percentileMs(0.50),
        percentileMs(0.95),
        percentileMs(0.99),
        failed);
  }

  private double percentileMs(double share) {
    return answered == 0 ? 0 : nanos[Math.min(answered - 1, (int) (share * answered))] / 1e6;
  }
}
