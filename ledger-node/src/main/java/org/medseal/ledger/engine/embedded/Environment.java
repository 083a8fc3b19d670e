package org.medseal.ledger.engine.embedded;

import java.util.random.RandomGenerator;

/**
 * Everything outside the engine: clock, timers, peers, disk, key. One thread calls the engine and
 * is called by it; the engine blocks only where this names a sync. Peers are numbered by their
 * place in {@link org.medseal.ledger.engine.Application#institutions}.
 */
public interface Environment {
  /** Wall clock, for block time only. */
  long nowMs();

  /** Never goes back. */
  long monotonicMs();

  /**
   * Later calls {@link EmbeddedEngineCore#onTimer} with this id on the engine thread. A start of
   * the same {@link TimerId#kind} replaces the one before.
   */
  void startTimer(TimerId id, long delayMs);

  /** Best effort, in order per peer, never blocks; may be dropped. */
  void send(int peer, PeerMessage message);

  /** To every connected peer; best effort, never blocks. */
  void broadcast(PeerMessage message);

  /** Leaves a peer that sent what no honest node sends, and does not let it back for so long. */
  void ban(int peer, long forMs);

  /** Unpredictable for others: routes and delays that hide who wrote a record rest on it. */
  RandomGenerator random();

  EngineLog log();

  SignState signState();

  BlockStore blocks();

  Signer signer();

  /** Whether an older disk or a second copy has been noticed. */
  SilenceMark silence();
}
