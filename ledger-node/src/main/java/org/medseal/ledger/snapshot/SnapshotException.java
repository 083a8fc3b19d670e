package org.medseal.ledger.snapshot;

import org.medseal.ledger.api.NodeFailure;

/** A node cannot join by a snapshot, or cannot read its own; the message says what to do. */
public final class SnapshotException extends RuntimeException implements NodeFailure {
  private static final long serialVersionUID = 1L;

  /** DAMAGED and WRITE_FAILED are of the own disk; NOT_TRUE is what a peer sent. */
  public enum Reason {
    DAMAGED,
    WRITE_FAILED,
    NOT_TRUE,
    INTERRUPTED
  }

  private final Reason reason;

  public SnapshotException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public SnapshotException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
