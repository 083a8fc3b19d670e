package org.medseal.ledger.engine.embedded;

import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.model.Hash;

/** What invariants are checked on and nobody else may see. */
public record EngineProbe(EmbeddedEngineCore core) {
  public Consensus consensus() {
    return core.driver().consensus();
  }

  public int bodiesHeld() {
    return core.driver().bodiesHeld();
  }

  public boolean holdsValid(Hash blockId) {
    return core.driver().holdsValid(blockId);
  }
}
