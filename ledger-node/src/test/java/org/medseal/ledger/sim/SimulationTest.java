package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medseal.ledger.sim.Scenario.Cast;
import org.medseal.ledger.sim.Scenario.Crashes;
import org.medseal.ledger.sim.Scenario.Links;
import org.medseal.ledger.sim.Scenario.Load;

/**
 * Whole clusters from seeds. {@code -Dmedseal.sim.seeds=N} runs more; docs/simulation.md says how
 * to run tens of thousands, replay one and shrink it.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("medseal.sim.seeds", 300);
  private static final int JOINING_SEEDS = Integer.getInteger("medseal.sim.joins", 8);
  private static final EnumSet<Sight> JOINING = EnumSet.range(Sight.WIPES, Sight.TRUSTED_AGAIN);
  private static final Links STORM = new Links(10, 40, 10, 30, 4, 4, 20);

  @Test
  void everySeedKeepsTheLawAndMakesProgressAfterHealing() {
    Sightings all = new Sightings();
    for (long seed = 0; seed < SEEDS; seed++) {
      all.add(run(Scenario.ofSeed(seed)), true);
    }
    assertThat(EnumSet.complementOf(JOINING))
        .allSatisfy(each -> assertThat(all.count(each)).isPositive());
  }

  /** Join by a snapshot, crash meanwhile, vote again, give others what was before. */
  @Test
  void whoLosesItsDiskJoinsByASnapshotAmongLiars() {
    Sightings all = new Sightings();
    for (long seed = 0; seed < JOINING_SEEDS; seed++) {
      all.add(run(Scenario.joiningOfSeed(seed)), true);
    }
    assertThat(JOINING).allSatisfy(each -> assertThat(all.count(each)).isPositive());
  }

  private static Sightings run(Scenario scenario) {
    Simulation simulation = new Simulation(scenario);
    try {
      simulation.run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("replay '" + scenario + "': " + e.getMessage(), e);
    }
    return simulation.sightings();
  }

  @ParameterizedTest
  @EnumSource(value = Lie.class, mode = EnumSource.Mode.MATCH_NONE, names = ".*_PARTS")
  void eachLieIsLivedThroughInAStorm(Lie lie) {
    Cast cast = new Cast(List.of(30L, 30L, 30L, 30L), Map.of(1, Set.of(lie)), -1);
    for (long seed = 0; seed < 4; seed++) {
      run(new Scenario(seed, cast, STORM, new Crashes(1, 10), Load.USUAL));
    }
  }

  @Test
  void whoeverVotesTwiceIsFoundOut() {
    Cast cast = new Cast(List.of(30L, 30L, 30L, 30L), Map.of(1, Set.of(Lie.EQUIVOCATE_VOTES)), -1);
    Sightings seen = run(new Scenario(1, cast, Links.CALM, Crashes.NONE, Load.USUAL));
    assertThat(seen.count(Sight.EVIDENCE)).isPositive();
  }

  @Test
  void clustersOfOneToTenMakeProgress() {
    for (int size = 1; size <= 10; size++) {
      Cast cast = new Cast(Collections.nCopies(size, 10L), Map.of(), -1);
      run(
          new Scenario(
              size, cast, new Links(5, 20, 5, 5, 1, 1, 10), new Crashes(1, 20), Load.USUAL));
    }
  }

  @Test
  void nothingToDecideMakesNoBlocks() {
    Simulation simulation = new Simulation(Scenario.honest(1, 30L, 26L, 24L, 20L));
    simulation.runIdle();
    assertThat(simulation.chain().height()).isZero();
    assertThat(simulation.nodes().get(0).engine().status().step()).isEqualTo("IDLE");
  }

  @Test
  void aSilentThirdStopsTheChainAndTheStatusNamesIt() {
    Cast cast = new Cast(List.of(40L, 30L, 30L), Map.of(0, Set.of(Lie.SILENT)), -1);
    Simulation simulation =
        new Simulation(new Scenario(1, cast, Links.CALM, Crashes.NONE, Load.USUAL));
    simulation.runThroughFaults();
    assertThat(simulation.chain().height()).isZero();
    assertThat(simulation.nodes().get(1).engine().status().waitingFor())
        .startsWith("no quorum is connected: hospital-1 (40 stake) ")
        .endsWith("; 7 more of 100 stake needed");
  }

  @Test
  void theSameScenarioGivesTheSameRun() {
    Scenario scenario = Scenario.ofSeed(7);
    assertThat(run(scenario).toString()).isEqualTo(run(scenario).toString());
  }

  @Test
  void aScenarioIsReadAsItWasWritten() {
    for (long seed = 0; seed < 100; seed++) {
      Scenario scenario = Scenario.ofSeed(seed);
      assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
    }
  }
}
