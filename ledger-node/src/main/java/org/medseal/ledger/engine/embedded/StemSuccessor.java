package org.medseal.ledger.engine.embedded;

import java.util.OptionalInt;

/**
 * The one peer through which this node's records and their chunks first go, the same for a while.
 * From any thread.
 */
@FunctionalInterface
public interface StemSuccessor {
  /** Empty while there is none to send to. */
  OptionalInt peer();
}
