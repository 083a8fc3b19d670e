package org.medseal.ledger.engine;

import org.medseal.ledger.model.IdentifiedTransaction;

/** What orders transactions: the embedded one, or an adaptor to an external one. */
public interface Engine extends AutoCloseable {
  /** Recovers from disk, then takes part. */
  void start();

  /** Checked, then gossiped and proposed; from any thread. OK also when it is already pending. */
  Verdict submit(IdentifiedTransaction transaction);

  /** From any thread. */
  EngineStatus status();

  @Override
  void close();
}
