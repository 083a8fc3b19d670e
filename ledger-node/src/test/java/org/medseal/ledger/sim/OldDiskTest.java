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
  private static final int SEEDS = 40;

  @Test
  void aMachineSetBackNeverContradictsItselfAndTheOthersGoOn() {
    int silenced = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      silenced += new Run(seed).isNoticed() ? 1 : 0;
    }
    assertThat(silenced).as("how often it was noticed").isGreaterThan(SEEDS / 3);
  }

  /** One machine of four; every other one is set back just when it has signed. */
  private static final class Run {
    private final long seed;
    private final Random random;
    private final Simulation simulation;
    private final SimNode node;
    private boolean silent;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.simulation = new Simulation(Scenario.honest(seed, 30L, 26L, 24L, 20L));
      this.node = simulation.nodes().get(random.nextInt(4));
    }

    boolean isNoticed() {
      simulation.plan(600 + random.nextInt(3_000), this::remember);
      try {
        simulation.run();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      return silent;
    }

    private void remember() {
      Runnable snapshot = node.disk.snapshot();
      if (seed % 2 == 0) {
        long signed = node.disk.signed.last().height();
        simulation.plan(1, () -> setBackAtWork(snapshot, signed));
      } else {
        simulation.plan(50 + random.nextInt(3_500), () -> setBack(snapshot));
      }
    }

    private void setBackAtWork(Runnable snapshot, long signed) {
      String step = node.engine().status().step();
      boolean working = step.equals("PREVOTE") || step.equals("PRECOMMIT");
      if (working && node.disk.signed.last().height() > signed) {
        setBack(snapshot);
      } else {
        simulation.plan(1, () -> setBackAtWork(snapshot, signed));
      }
    }

    private void setBack(Runnable snapshot) {
      simulation.setBack(node, snapshot);
      look(100);
    }

    private void look(int times) {
      silent |= node.disk.silence.kind() == SilenceMark.Kind.SILENT;
      if (times > 0) {
        simulation.plan(50, () -> look(times - 1));
      }
    }
  }
}
