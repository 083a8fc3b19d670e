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

  /** For what has come round to this node once more. */
  default OptionalInt detour() {
    return peer();
  }

  /** Nothing came of what was handed to this peer: another one takes its place for a while. */
  default void failed(int peer) {}

  /** False where everybody can tell the author whatever the way. */
  default boolean isUseful() {
    return true;
  }
}
