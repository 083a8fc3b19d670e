package org.medseal.bench.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.LedgerNode;

/** Transactions signed beforehand, sent to all nodes alike, awaited on all of them. */
final class Load {
  private final FourNodes cluster;
  private final List<Queue<IdentifiedTransaction>> work = new ArrayList<>();
  private final Map<Hash, Long> sentNanos = new ConcurrentHashMap<>();
  private final Queue<Long> micros = new ConcurrentLinkedQueue<>();
  private final int count;

  /**
   * @param p50Ms from submitting at a node to its commit on that node
   */
  record Measured(int count, double seconds, double p50Ms, double p95Ms, long blocks) {
    double perSecond() {
      return count / seconds;
    }

    double perBlock() {
      return (double) count / blocks;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d transactions committed on every node in %.1f s: %.0f/s;"
              + " submit to commit p50 %.0f ms, p95 %.0f ms; %d blocks",
          count,
          seconds,
          perSecond(),
          p50Ms,
          p95Ms,
          blocks);
    }
  }

  private Load(FourNodes cluster, int count) {
    this.cluster = cluster;
    int nodes = cluster.nodes().size();
    this.count = count / nodes * nodes;
    for (int i = 0; i < nodes; i++) {
      work.add(new ConcurrentLinkedQueue<>());
      for (int j = 0; j < count / nodes; j++) {
        work.get(i).add(cluster.transaction(i));
      }
    }
  }

  /** As fast as the nodes take them. */
  static Measured atFullSpeed(FourNodes cluster, int count, int callers)
      throws InterruptedException, ExecutionException {
    return new Load(cluster, count).run(callers, 0);
  }

  /** Whatever the nodes do, at this many a second; a late one counts from when it was due. */
  static Measured atRate(FourNodes cluster, int count, double perSecond)
      throws InterruptedException, ExecutionException {
    long everyNanos = (long) (1e9 * FourNodes.SIZE / perSecond);
    return new Load(cluster, count).run(1, everyNanos);
  }

  private Measured run(int callers, long everyNanos)
      throws InterruptedException, ExecutionException {
    CountDownLatch everywhere = new CountDownLatch(count * cluster.nodes().size());
    long firstHeight = cluster.nodes().get(0).view().height();
    List<Ledger.Listening> listeners = new ArrayList<>();
    for (int i = 0; i < cluster.nodes().size(); i++) {
      listeners.add(listen(i, everywhere));
    }
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(callers * cluster.nodes().size());
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < cluster.nodes().size(); i++) {
      int node = i;
      for (int j = 0; j < callers; j++) {
        done.add(threads.submit(() -> submitAll(node, start, everyNanos)));
      }
    }
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
    everywhere.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    listeners.forEach(Ledger.Listening::close);
    List<Long> sorted = micros.stream().sorted().toList();
    return new Measured(
        count,
        seconds,
        sorted.get(sorted.size() / 2) / 1e3,
        sorted.get(sorted.size() * 95 / 100) / 1e3,
        cluster.nodes().get(0).view().height() - firstHeight);
  }

  private Ledger.Listening listen(int node, CountDownLatch everywhere) {
    LedgerNode at = cluster.nodes().get(node);
    return at.onBlock(
        at.view().height() + 1,
        block -> {
          long now = System.nanoTime();
          for (IdentifiedTransaction each : block.transactions()) {
            if (cluster.isFrom(node, each)) {
              micros.add((now - sentNanos.get(each.id())) / 1000);
            }
            everywhere.countDown();
          }
        });
  }

  private void submitAll(int node, long start, long everyNanos) {
    LedgerNode to = cluster.nodes().get(node);
    long due = start + node * everyNanos / cluster.nodes().size();
    for (IdentifiedTransaction each = work.get(node).poll();
        each != null;
        each = work.get(node).poll()) {
      if (everyNanos > 0) {
        awaitNanos(due);
      }
      sentNanos.put(each.id(), everyNanos > 0 ? due : System.nanoTime());
      due += everyNanos;
      Verdict verdict = to.submit(each.transaction());
      while (verdict.code() == Verdict.Code.FULL) {
        LockSupport.parkNanos(1_000_000);
        verdict = to.submit(each.transaction());
      }
      if (!verdict.isOk() && verdict.code() != Verdict.Code.ALREADY_COMMITTED) {
        throw new IllegalStateException(verdict.toString());
      }
    }
  }

  private static void awaitNanos(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
