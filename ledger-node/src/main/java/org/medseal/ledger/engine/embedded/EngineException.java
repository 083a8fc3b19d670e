package org.medseal.ledger.engine.embedded;

/** A broken invariant: the node has to stop. Never thrown for what a peer sent. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What broke. */
  public enum Reason {
    /** The application's state differs from what the chain says. */
    STATE_DIFFERS,
    /** The application is ahead of the stored blocks. */
    APPLICATION_AHEAD,
    /** A stored block, outcome or log entry does not decode or does not fit. */
    DAMAGED_STORE,
    /** The chain does not contain the checkpoint that was given. */
    CHECKPOINT,
    /** The core contradicted itself. */
    INVARIANT
  }

  private final Reason reason;

  public EngineException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public EngineException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
