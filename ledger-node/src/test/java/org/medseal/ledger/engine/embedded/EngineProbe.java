package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;

/** What invariants are checked on and nobody else may see. */
public record EngineProbe(EmbeddedEngineCore core) {
  public Consensus consensus() {
    return core.driver().consensus();
  }

  /** An entry of the log. */
  public record Logged(Event event, Optional<Block> block) {}

  public static Logged read(byte[] entry) {
    LogEntry read = LogEntry.decode(entry);
    return new Logged(read.event(), read.block());
  }

  public int bodiesHeld() {
    return core.driver().bodiesHeld();
  }

  /** Whether a proposal of the present round offers this block, and it is one to vote for. */
  public boolean isOffered(Hash blockId) {
    return core.driver().holdsValid(blockId)
        && consensus().messages().proposals(consensus().round()).stream()
            .filter(each -> each.blockId().equals(blockId))
            .anyMatch(each -> each.validRound() >= 0 || each.proposer() == builder(blockId));
  }

  private int builder(Hash blockId) {
    return core.driver().body(blockId).orElseThrow().header().proposer();
  }
}
