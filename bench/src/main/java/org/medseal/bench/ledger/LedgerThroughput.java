package org.medseal.bench.ledger;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Prints what four durable nodes of one process commit of 1 kB institution-signed transactions: as
 * many as they can a second, how long one takes at half that rate, and beside both the limit that
 * signature checks and syncs alone allow. Arguments: as {@link FourNodeRun}.
 */
public final class LedgerThroughput {
  private LedgerThroughput() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    try (FourNodeRun run = FourNodeRun.atFullSpeed("four-nodes-", arguments)) {
      Load.Measured full = run.full();
      Load.Measured half = Load.atRate(run.cluster(), run.count() / 2, full.perSecond() / 2);
      System.out.println("half load: " + half);
      PrimitiveLimits limits = PrimitiveLimits.measure(run.root(), FourNodes.SIZE);
      System.out.println(limits);
      System.out.printf(
          Locale.ROOT,
          "signature checks and syncs alone, at the %.0f transactions a block of this run, allow"
              + " %.0f/s; full load / that %.2f; p95 at half load / a block's syncs alone %.1f%n",
          full.perBlock(),
          limits.perSecond(full.perBlock()),
          full.perSecond() / limits.perSecond(full.perBlock()),
          half.p95Ms() / limits.syncsOfBlockMs());
    }
  }
}
