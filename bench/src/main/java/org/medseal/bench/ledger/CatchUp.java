package org.medseal.bench.ledger;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.node.LedgerNode;

/**
 * Prints how fast an empty node catches up with what four nodes committed at full speed, block by
 * block and then by a snapshot, as ratios of the rates in one run. Arguments: as {@link
 * FourNodeRun}.
 */
public final class CatchUp {
  private static final int EMPTIED = 3;
  private static final int SNAPSHOT_BLOCKS = 20;

  private CatchUp() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    try (FourNodeRun live = FourNodeRun.atFullSpeed("catch-up-", SNAPSHOT_BLOCKS, arguments)) {
      long height = live.cluster().nodes().get(0).view().height();
      LedgerNode empty = live.cluster().replaceByEmpty(EMPTIED);
      AtomicLong transactions = new AtomicLong();
      CountDownLatch reached = new CountDownLatch(1);
      long start = System.nanoTime();
      Ledger.Listening listening =
          empty.onBlock(
              1,
              block -> {
                transactions.addAndGet(block.transactions().size());
                if (block.height() == height) {
                  reached.countDown();
                }
              });
      live.cluster().start(EMPTIED);
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
          rate / live.full().perSecond());
      join(live, height, transactions.get(), rate);
    }
  }

  private static void join(FourNodeRun live, long height, long transactions, double byBlocks)
      throws InterruptedException {
    if (height <= SNAPSHOT_BLOCKS) {
      System.out.println("joining: no snapshot in so few blocks");
      return;
    }
    CountDownLatch reached = new CountDownLatch(1);
    long start = System.nanoTime();
    LedgerNode joined = live.cluster().replaceByJoined(EMPTIED);
    Ledger.Listening listening = joined.onBlock(height, block -> reached.countDown());
    live.cluster().start(EMPTIED);
    reached.await();
    listening.close();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "joining by a snapshot: the same in %.1f s: %.0f/s; %.1f times block by block%n",
        seconds,
        transactions / seconds,
        transactions / seconds / byBlocks);
  }
}
