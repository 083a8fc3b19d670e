package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Whole clusters from seeds. {@code -Dmedseal.sim.seeds=N} runs more, {@code -Dmedseal.sim.seed=S}
 * runs one again.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("medseal.sim.seeds", 240);

  @Test
  void everySeedKeepsTheLawAndMakesProgressAfterHealing() {
    Long only = Long.getLong("medseal.sim.seed");
    long first = only == null ? 0 : only;
    long last = only == null ? SEEDS - 1 : only;
    for (long seed = first; seed <= last; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    try {
      new Simulation(seed).run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + " (again with -Dmedseal.sim.seed=" + seed + "): " + e.getMessage(), e);
    }
  }

  @Test
  void anEquivocatorIsFoundOutInSomeRun() {
    int evidence = 0;
    for (long seed = 3; seed < 60; seed += 6) {
      Simulation simulation = new Simulation(seed);
      simulation.run();
      evidence += simulation.invariants().evidenceSeen();
    }
    assertThat(evidence).isPositive();
  }
}
