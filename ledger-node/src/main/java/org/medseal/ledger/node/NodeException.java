package org.medseal.ledger.node;

import org.medseal.ledger.api.NodeFailure;

/** The node cannot start or go on; the message says what to do. */
public final class NodeException extends RuntimeException implements NodeFailure {
  private static final long serialVersionUID = 1L;

  /** FAILED is a broken invariant or disk: the log names it. */
  public enum Reason {
    WRONG_KEYS,
    NOT_RUNNING,
    FAILED,
    INTERRUPTED
  }

  private final Reason reason;

  public NodeException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public NodeException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
