package org.medseal.ledger.index;

import org.medseal.ledger.api.NodeFailure;

/** The index cannot answer or be written. */
public final class IndexException extends RuntimeException implements NodeFailure {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  public enum Reason {
    /** Another process has the folder open. */
    IN_USE,
    /** A block was offered out of order. */
    OUT_OF_ORDER,
    /** The database failed; it is rebuilt at the next start. */
    FAILED
  }

  private final Reason reason;

  public IndexException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public IndexException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
