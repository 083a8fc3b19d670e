package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * Has what peers offer checked before the engine sees it, so that the engine finds the signatures'
 * results remembered. What one peer sends keeps its order; no peer waits for another's checks to be
 * delivered. What waits is bounded by the peers' budgets.
 */
final class ChecksAhead implements AutoCloseable {
  private static final long CLOSE_WAIT_MS = 5_000;

  private final BiPredicate<Integer, IdentifiedTransaction> check;
  private final ExecutorService pool;
  private final List<CompletableFuture<Void>> last = new ArrayList<>(); // by peer; guarded by this
  private volatile boolean closed;

  /**
   * @param check of a transaction from a peer; false when the rest of the message need not be
   */
  ChecksAhead(int peers, int threads, BiPredicate<Integer, IdentifiedTransaction> check) {
    this.check = check;
    for (int i = 0; i < peers; i++) {
      last.add(CompletableFuture.completedFuture(null));
    }
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "ledger-check-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Leaves a processor to the engine. */
  static int standardThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  /**
   * Runs the delivery once the transactions have been checked and whatever the peer sent before has
   * been delivered; exactly once, whatever the checks come to.
   *
   * @param delivery takes no time and throws nothing
   */
  synchronized void deliver(int peer, List<IdentifiedTransaction> offered, Runnable delivery) {
    CompletableFuture<Void> ready = last.get(peer);
    if (!offered.isEmpty()) {
      ready = CompletableFuture.allOf(ready, start(peer, offered));
    }
    last.set(
        peer,
        ready.handle(
            (done, failure) -> { // a check that failed fails again before the engine
              delivery.run();
              return null;
            }));
  }

  private CompletableFuture<Void> start(int peer, List<IdentifiedTransaction> offered) {
    try {
      return CompletableFuture.runAsync(() -> checkAll(peer, offered), pool);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private void checkAll(int peer, List<IdentifiedTransaction> offered) {
    for (IdentifiedTransaction each : offered) {
      if (closed || !check.test(peer, each)) {
        return;
      }
    }
  }

  /** Never interrupts: a check may be reading a file that an interrupt would close. */
  @Override
  public void close() {
    closed = true;
    pool.shutdown();
    try {
      pool.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
