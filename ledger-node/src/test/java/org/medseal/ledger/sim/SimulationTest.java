package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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

  @Test
  void clustersOfOneToTenMakeProgress() {
    for (int size = 1; size <= 10; size++) {
      List<Long> stakes = Collections.nCopies(size, 10L);
      new Simulation(size, new Faults(stakes, -1, Faults.Lie.SILENT, 5, 1, false)).run();
    }
  }

  @Test
  void nothingToDecideMakesNoBlocks() {
    Simulation simulation = new Simulation(1, honest(30, 26, 24, 20));
    simulation.runIdle();
    assertThat(simulation.invariants().height()).isZero();
    assertThat(simulation.nodes().get(0).engine().status().step()).isEqualTo("IDLE");
  }

  @Test
  void aSilentThirdStopsTheChainAndTheStatusNamesIt() {
    Faults faults = new Faults(List.of(40L, 30L, 30L), 0, Faults.Lie.SILENT, 0, 0, false);
    Simulation simulation = new Simulation(1, faults);
    simulation.runThroughFaults();
    assertThat(simulation.invariants().height()).isZero();
    assertThat(simulation.nodes().get(1).engine().status().waitingFor())
        .startsWith("no quorum is connected: hospital-1 (40 stake) ")
        .endsWith("; 7 more of 100 stake needed");
  }

  private static Faults honest(long... stakes) {
    return new Faults(Arrays.stream(stakes).boxed().toList(), -1, Faults.Lie.SILENT, 0, 0, false);
  }
}
