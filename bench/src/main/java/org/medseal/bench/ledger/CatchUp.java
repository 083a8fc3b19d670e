package org.medseal.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.medseal.ledger.node.LedgerNode;

/**
 * Prints how fast an empty node catches up with what four nodes committed at full speed, as a ratio
 * of the two rates in one run. Arguments: folder on the disk to measure, transactions, callers per
 * node.
 */
public final class CatchUp {
  private CatchUp() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int callers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "catch-up-");
    try (FourNodes cluster = new FourNodes(root)) {
      Load.atFullSpeed(cluster, count / 4, callers); // warms up
      Load.Measured live = Load.atFullSpeed(cluster, count, callers);
      System.out.println("live: " + live);
      long height = cluster.nodes().get(0).view().height();
      LedgerNode empty = cluster.replaceByEmpty(3);
      AtomicLong transactions = new AtomicLong();
      CountDownLatch reached = new CountDownLatch(1);
      long start = System.nanoTime();
      AutoCloseable listening =
          empty.onBlock(
              1,
              block -> {
                transactions.addAndGet(block.transactions().size());
                if (block.height() == height) {
                  reached.countDown();
                }
              });
      cluster.start(3);
      reached.await();
      listening.close();
      double seconds = (System.nanoTime() - start) / 1e9;
      double rate = transactions.get() / seconds;
      System.out.printf(
          Locale.ROOT,
          "catch-up: %d transactions in %d blocks in %.1f s: %.0f/s; %.1f times live speed%n",
          transactions.get(),
          height,
          seconds,
          rate,
          rate / live.perSecond());
    } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
