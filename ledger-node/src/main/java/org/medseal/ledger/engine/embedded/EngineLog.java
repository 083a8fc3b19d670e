package org.medseal.ledger.engine.embedded;

import java.util.List;

/** The engine's write-ahead log: what it took in and said since a height began. */
public interface EngineLog {
  /** Not yet durable. */
  void append(byte[] entry);

  /** Everything appended so far is durable when this returns. A failure is fatal. */
  void sync();

  /**
   * Marks the start of the log of a height, not yet durable; entries of heights below may be
   * dropped.
   */
  void startHeight(long height);

  /**
   * The entries appended after {@code startHeight(height)}, in order; empty when that height was
   * never started. A torn tail is missing, not an error.
   */
  List<byte[]> entriesSince(long height);
}
