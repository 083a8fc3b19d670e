package org.medseal.ledger.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.ledger.consensus.Timeouts;
import org.medseal.ledger.engine.embedded.EngineSettings.Pacing;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.net.NetworkSettings;

/**
 * One node.
 *
 * @param home uses {@code home/ledger} and {@code home/index}
 * @param institution own name in the genesis
 * @param bind where peers reach this node; port 0 for any
 */
public record NodeSettings(
    Path home, Genesis genesis, String institution, InetSocketAddress bind, Tuning tuning) {

  /** Standard pace, peers where the genesis says. */
  public static NodeSettings of(
      Path home, Genesis genesis, String institution, InetSocketAddress bind) {
    return new NodeSettings(home, genesis, institution, bind, Tuning.standard());
  }

  /**
   * What seldom differs.
   *
   * @param addresses where to dial an institution; asked at every attempt, empty for not now
   * @param checkpoint a block the chain has to contain, given out of band
   */
  public record Tuning(
      Timeouts timeouts,
      Pacing pacing,
      NetworkSettings.Timing network,
      Function<Institution, Optional<InetSocketAddress>> addresses,
      Optional<Checkpoint> checkpoint) {

    public static Tuning standard() {
      return new Tuning(
          Timeouts.DEFAULT,
          Pacing.DEFAULT,
          NetworkSettings.Timing.DEFAULT,
          NetworkSettings::addressInGenesis,
          Optional.empty());
    }

    public Tuning withAddresses(Function<Institution, Optional<InetSocketAddress>> others) {
      return new Tuning(timeouts, pacing, network, others, checkpoint);
    }

    public Tuning withCheckpoint(Checkpoint block) {
      return new Tuning(timeouts, pacing, network, addresses, Optional.of(block));
    }
  }
}
