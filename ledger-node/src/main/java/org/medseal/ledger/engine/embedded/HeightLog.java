package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.engine.embedded.Bodies.Body;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;

/** What one height was told, in the order it was told, with each block once. */
final class HeightLog {
  private final EngineLog log;
  private final Bodies bodies;
  private boolean unsynced = true; // also what was read may not be durable yet

  HeightLog(EngineLog log, Bodies bodies) {
    this.log = log;
    this.bodies = bodies;
  }

  /**
   * Tells the core all of it once more.
   *
   * @param rules why a block is refused; a block whose offer was refused is judged anew, for the
   *     fault may have been the offer's alone
   */
  Replay replay(
      List<byte[]> entries, Consensus consensus, Function<Block, Optional<String>> rules) {
    Replay replay = new Replay();
    for (byte[] each : entries) {
      try {
        LogEntry entry = LogEntry.decode(each);
        entry.block().ifPresent(block -> learn(entry.event(), block, rules));
        replay.take(entry.event(), consensus.on(entry.event()));
      } catch (CodecException e) {
        throw new EngineException(Reason.DAMAGED_STORE, "the engine's log does not decode", e);
      }
    }
    return replay;
  }

  private void learn(Event event, Block block, Function<Block, Optional<String>> rules) {
    boolean valid = !(event instanceof Event.ProposalReceived received) || received.valid();
    bodies.putLogged(
        Blocks.id(block.header()), new Body(block, valid ? Optional.empty() : rules.apply(block)));
  }

  void append(Event event) {
    Optional<Hash> mentioned = Optional.empty();
    if (event instanceof Event.ProposalReceived received) {
      mentioned = Optional.of(received.proposal().blockId());
    } else if (event instanceof Event.Proposed proposed) {
      mentioned = Optional.of(proposed.blockId());
    }
    Optional<Block> body = mentioned.flatMap(bodies::unlogged);
    log.append(new LogEntry(event, body).encode());
    unsynced = true;
  }

  void sync() {
    if (unsynced) {
      log.sync();
      unsynced = false;
    }
  }
}
