package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.SilenceMark;

/**
 * Machines set back to a snapshot while the others go on. The law of the simulation holds them to
 * what they have said in all their lives; every transaction has to reach them.
 */
class OldDiskTest {
  private static final int SEEDS = 30;

  @Test
  void aMachineSetBackNeverContradictsItselfAndTheOthersGoOn() {
    int silenced = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      silenced += run(seed) ? 1 : 0;
    }
    assertThat(silenced).as("how often it was noticed").isGreaterThan(SEEDS / 3);
  }

  /** Whether the machine has been silent. */
  private static boolean run(long seed) {
    Random random = new Random(seed);
    Simulation simulation = new Simulation(Scenario.honest(seed, 30L, 26L, 24L, 20L));
    SimNode node = simulation.nodes().get(random.nextInt(4));
    long snapshotMs = 600 + random.nextInt(3_000);
    long backMs = snapshotMs + 50 + random.nextInt(3_500);
    boolean[] silent = {false};
    simulation.plan(
        snapshotMs,
        () -> {
          Runnable snapshot = node.disk.snapshot();
          simulation.plan(backMs - snapshotMs, () -> simulation.setBack(node, snapshot));
        });
    for (long at = backMs + 100; at < 12_000; at += 100) {
      simulation.plan(at, () -> silent[0] |= node.disk.silence.kind() == SilenceMark.Kind.SILENT);
    }
    try {
      simulation.run();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
    return silent[0];
  }
}
