package org.medseal.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.LedgerNode;

/**
 * Prints how many 1 kB institution-signed transactions a second four durable nodes of one process
 * commit on all four. Arguments: folder on the disk to measure, transactions, callers per node.
 */
public final class LedgerThroughput {
  private LedgerThroughput() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int callers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "four-nodes-");
    try (FourNodes cluster = new FourNodes(root)) {
      run(cluster, count / 10, callers); // warms up
      System.out.println(run(cluster, count, callers));
    }
  }

  private static String run(FourNodes cluster, int count, int callers)
      throws InterruptedException, ExecutionException {
    List<ConcurrentLinkedQueue<IdentifiedTransaction>> work = new ArrayList<>();
    int nodes = cluster.nodes().size();
    for (int i = 0; i < nodes; i++) {
      ConcurrentLinkedQueue<IdentifiedTransaction> queue = new ConcurrentLinkedQueue<>();
      for (int j = 0; j < count / nodes; j++) {
        queue.add(cluster.transaction(i));
      }
      work.add(queue);
    }
    Map<Hash, Long> sent = new ConcurrentHashMap<>();
    List<Long> micros = new ArrayList<>();
    CountDownLatch everywhere = new CountDownLatch(nodes * (count / nodes) * nodes);
    List<AutoCloseable> listeners = new ArrayList<>();
    for (LedgerNode node : cluster.nodes()) {
      boolean measured = node == cluster.nodes().get(0);
      listeners.add(
          node.onBlock(
              node.view().height() + 1,
              block -> {
                long now = System.nanoTime();
                for (IdentifiedTransaction each : block.transactions()) {
                  Long since = sent.get(each.id());
                  if (measured && since != null) {
                    micros.add((now - since) / 1000);
                  }
                  everywhere.countDown();
                }
              }));
    }
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(callers * nodes);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      LedgerNode node = cluster.nodes().get(i);
      ConcurrentLinkedQueue<IdentifiedTransaction> queue = work.get(i);
      for (int j = 0; j < callers; j++) {
        done.add(threads.submit(() -> submitAll(node, queue, sent)));
      }
    }
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
    everywhere.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    listeners.forEach(LedgerThroughput::close);
    micros.sort(null);
    return String.format(
        Locale.ROOT,
        "%d transactions committed on %d nodes in %.1f s: %.0f/s;"
            + " submit to commit p50 %d ms, p95 %d ms; %d blocks",
        count,
        nodes,
        seconds,
        count / seconds,
        micros.get(micros.size() / 2) / 1000,
        micros.get(micros.size() * 95 / 100) / 1000,
        cluster.nodes().get(0).view().height());
  }

  private static void submitAll(
      LedgerNode node, ConcurrentLinkedQueue<IdentifiedTransaction> queue, Map<Hash, Long> sent) {
    for (IdentifiedTransaction each = queue.poll(); each != null; each = queue.poll()) {
      sent.put(each.id(), System.nanoTime());
      Verdict verdict = node.submit(each.transaction());
      while (verdict.code() == Verdict.Code.FULL) {
        Thread.onSpinWait();
        verdict = node.submit(each.transaction());
      }
      if (!verdict.isOk() && verdict.code() != Verdict.Code.ALREADY_COMMITTED) {
        throw new IllegalStateException(verdict.toString());
      }
    }
  }

  private static void close(AutoCloseable listener) {
    try {
      listener.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
