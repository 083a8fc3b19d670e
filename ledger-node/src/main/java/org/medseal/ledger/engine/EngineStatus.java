package org.medseal.ledger.engine;

import java.util.List;
import org.medseal.ledger.model.Hash;

/**
 * Where the engine stands.
 *
 * @param height last committed
 * @param round of the height being decided
 * @param step PROPOSE, PREVOTE, PRECOMMIT, IDLE while there is nothing to decide, or STOPPED of an
 *     engine that does not run
 * @param waitingFor one sentence: what it waits for and whose votes are missing
 */
public record EngineStatus(
    long height,
    Hash blockId,
    int round,
    String step,
    String waitingFor,
    int pending,
    List<Peer> peers) {
  /**
   * Another validator's node as this one sees it.
   *
   * @param height last one it told of; -1 before it spoke
   * @param lastSeenMs age of its last message; -1 before it spoke
   */
  public record Peer(String institution, boolean connected, long height, long lastSeenMs) {}
}
