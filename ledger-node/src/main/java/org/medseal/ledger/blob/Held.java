package org.medseal.ledger.blob;

import org.medseal.ledger.model.Hash;

/**
 * A blob on this disk.
 *
 * @param height of the ledger when it came
 * @param committed named by a record on the ledger
 */
record Held(Hash chunkRoot, long sizeBytes, long height, State state, boolean committed) {
  /** What it is here for; the suffix names its second file. */
  enum State {
    /** Not whole yet. */
    INCOMING(".in"),
    /** Whole, to be passed on. */
    TRANSIT(".transit"),
    /** Whole, and this node has signed for it, or is about to. */
    REPLICA(".replica"),
    /** Sealed here. */
    OUTGOING(".out");

    private final String suffix;

    State(String suffix) {
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }
  }

  boolean isWhole() {
    return state != State.INCOMING;
  }

  Held as(State next) {
    return new Held(chunkRoot, sizeBytes, height, next, committed);
  }

  Held at(long newHeight) {
    return new Held(chunkRoot, sizeBytes, newHeight, state, committed);
  }

  Held onLedger() {
    return new Held(chunkRoot, sizeBytes, height, state, true);
  }
}
