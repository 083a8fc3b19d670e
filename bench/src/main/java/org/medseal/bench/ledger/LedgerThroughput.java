package org.medseal.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Prints what four durable nodes of one process commit of 1 kB institution-signed transactions: as
 * many as they can a second, how long one takes at half that rate, and beside both the limit that
 * signature checks and syncs alone allow. Arguments: folder on the disk to measure, transactions,
 * callers per node.
 */
public final class LedgerThroughput {
  private LedgerThroughput() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int callers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "four-nodes-");
    try (FourNodes cluster = new FourNodes(root)) {
      Load.atFullSpeed(cluster, count / 4, callers); // warms up
      Load.Measured full = Load.atFullSpeed(cluster, count, callers);
      System.out.println("full load: " + full);
      Load.Measured half = Load.atRate(cluster, count / 2, full.perSecond() / 2);
      System.out.println("half load: " + half);
      PrimitiveLimits limits = PrimitiveLimits.measure(root, FourNodes.SIZE);
      System.out.println(limits);
      System.out.printf(
          Locale.ROOT,
          "full load / signature limit %.2f; p95 at half load / (syncs + hops) of a block %.1f%n",
          full.perSecond() / limits.checksPerSecond(),
          half.p95Ms() / limits.blockMs());
    }
  }
}
