package org.medseal.ledger.explorer;

import java.util.List;

/** Explores beside each Byzantine validator in turn; see docs/simulation.md. */
public final class ExplorerMain {
  private static final int HUNT_ROUNDS = 3;
  private static final long HUNT_STATES = 20_000;

  private ExplorerMain() {}

  /**
   * Arguments: hunt, or rounds, values, most states for each position of the Byzantine validator.
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals("hunt")) {
      report(arguments).forEach(System.out::println);
      return;
    }
    int rounds = Integer.parseInt(arguments[0]);
    int values = Integer.parseInt(arguments[1]);
    long mostStates = Long.parseLong(arguments[2]);
    for (int liar = 0; liar < Model.SIZE; liar++) {
      long startNs = System.nanoTime();
      Explorer.Result result = new Explorer(new Model(liar, rounds, values), mostStates).run();
      System.out.printf(
          "liar %d, %d rounds, %d values: %,d states (%,d with a decision), %,d steps, depth %d,"
              + " %,d local states, %s, %.0f s%n",
          liar,
          rounds,
          values,
          result.states(),
          result.decided(),
          result.steps(),
          result.depth(),
          result.localStates(),
          result.whole() ? "complete" : "stopped at the bound of states",
          (System.nanoTime() - startNs) / 1e9);
    }
  }

  /** Up to the first state that breaks a rule. */
  public static List<String> report(String[] nothing) {
    for (int liar = 0; liar < Model.SIZE; liar++) {
      try {
        new Explorer(new Model(liar, HUNT_ROUNDS, 2), HUNT_STATES).run();
      } catch (AssertionError | RuntimeException e) {
        return List.of("CAUGHT " + e.getMessage());
      }
    }
    return List.of("nothing in " + HUNT_STATES + " states for each liar");
  }
}
