package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.util.List;
import org.medseal.ledger.engine.embedded.EngineProbe;

/**
 * I7: once healed, a height needs a bounded number of rounds. Liars may spoil the rounds they
 * propose in, twice over while locks are made up for, and all have to meet in one round first.
 */
final class Recovery {
  private final ChainLaw chain;
  private final List<SimNode> nodes;
  private final int allowed;
  private long height = -1;
  private int from;

  Recovery(ChainLaw chain, List<SimNode> nodes) {
    this.chain = chain;
    this.nodes = nodes;
    this.allowed = 3 * nodes.size() + 8;
  }

  void look(Sightings sightings) {
    boolean next = chain.height() != height;
    int highest = 0;
    for (SimNode node : nodes) {
      if (node.isUp()) {
        var consensus = new EngineProbe(node.engine()).consensus();
        if (consensus.height() == chain.height() + 1) {
          highest = Math.max(highest, consensus.round());
        }
      }
    }
    if (next) {
      from = height < 0 ? highest : 0;
      height = chain.height();
    }
    sightings.neededRounds(highest - from);
    require(highest - from <= allowed, "I7: " + (highest - from) + " rounds since healing");
  }
}
