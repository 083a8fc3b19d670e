package org.medseal.ledger.app;

/** The application cannot go on; never the answer to a bad transaction, which is a verdict. */
public final class AppException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stopped it. */
  public enum Reason {
    /** The stored state belongs to another genesis, or is not readable. */
    FOREIGN_STATE,
    /** A decided block breaks a ledger rule: this node and the others disagree about the rules. */
    INVALID_BLOCK,
    /** The engine called out of order. */
    OUT_OF_ORDER,
    /** The node is being stopped. */
    INTERRUPTED
  }

  private final Reason reason;

  public AppException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public AppException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
