package org.medseal.bench.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.medseal.demo.MllpClient;

/**
 * Eight connections that each wait for an acknowledgement before they send on: as fast as that
 * goes, or at a rate. At a rate a time counts from when the message was due, so that what a slow
 * answer holds up behind it is counted too.
 */
final class Senders {
  static final int CONNECTIONS = 8;

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final double NANOS = 1e9;

  private final String series;
  private final AtomicLong numbers = new AtomicLong();

  Senders(String series) {
    this.series = series;
  }

  /** Of one turn; {@code seconds} is how long it took. */
  record Turn(Latencies latencies, double seconds) {}

  /** {@code perSecond} 0: as fast as it goes. IOException when a message is not accepted. */
  Turn send(int port, Duration length, int perSecond) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long start = System.nanoTime();
      long end = start + length.toNanos();
      List<Future<Latencies>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long first = perSecond == 0 ? start : start + (long) (i * NANOS / perSecond);
        long every = perSecond == 0 ? 0 : (long) (CONNECTIONS * NANOS / perSecond);
        Callable<Latencies> connection = () -> connection(port, first, every, end);
        parts.add(threads.submit(connection));
      }
      Latencies all = new Latencies();
      for (Future<Latencies> part : parts) {
        all.add(part.get());
      }
      return new Turn(all, (System.nanoTime() - start) / NANOS);
    } catch (ExecutionException e) {
      throw new IOException("a connection failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** In all turns so far; each was acknowledged. */
  long sent() {
    return numbers.get();
  }

  private Latencies connection(int port, long first, long every, long end) throws IOException {
    Latencies latencies = new Latencies();
    try (MllpClient client = new MllpClient(port, ANSWER_WITHIN)) {
      long due = first;
      while (due < end) {
        for (long early = due - System.nanoTime(); every > 0 && early > 0; ) {
          LockSupport.parkNanos(early);
          early = due - System.nanoTime();
        }
        long from = every > 0 ? due : System.nanoTime();
        String code = client.send(LabResults.message(series, numbers.incrementAndGet()));
        latencies.add(System.nanoTime() - from);
        if (!code.equals("AA")) {
          throw new IOException("answered " + code);
        }
        due = every > 0 ? due + every : System.nanoTime();
      }
    }
    return latencies;
  }
}
