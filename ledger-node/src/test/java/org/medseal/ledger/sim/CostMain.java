package org.medseal.ledger.sim;

/** What a block costs with 4 to 40 validators; see docs/simulation.md. */
public final class CostMain {
  private static final int[] SIZES = {4, 7, 10, 16, 25, 40};
  private static final int TRANSACTIONS = 10;
  private static final int WARM_UP = 3;
  private static final long[] DELAYS_MS = {2, 20};

  private CostMain() {}

  /** Argument: blocks to average over. */
  public static void main(String[] arguments) {
    int blocks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    System.out.printf(
        "| validators | messages | KiB | signature checks a node | ms at %d ms | ms at %d ms |%n",
        DELAYS_MS[0], DELAYS_MS[1]);
    System.out.println("|---|---|---|---|---|---|");
    for (int size : SIZES) {
      CostWorld.Spent near = measure(size, DELAYS_MS[0], blocks);
      CostWorld.Spent far = measure(size, DELAYS_MS[1], blocks);
      System.out.printf(
          "| %d | %,d | %,d | %,d | %d | %d |%n",
          size,
          near.messages() / blocks,
          near.bytes() / blocks / 1024,
          near.checks() / blocks / size,
          near.nowMs() / blocks,
          far.nowMs() / blocks);
    }
  }

  private static CostWorld.Spent measure(int size, long delayMs, int blocks) {
    CostWorld world = new CostWorld(size, delayMs);
    for (int i = 0; i < WARM_UP; i++) {
      world.decide(TRANSACTIONS);
    }
    CostWorld.Spent before = world.spent();
    for (int i = 0; i < blocks; i++) {
      world.decide(TRANSACTIONS);
    }
    return world.spent().since(before);
  }
}
