package org.medseal.ledger.store;

import org.medseal.ledger.api.NodeFailure;

/** The node's files cannot be used; the message names the file and what to do. */
public final class StoreException extends RuntimeException implements NodeFailure {
  private static final long serialVersionUID = 1L;

  /** Each but LOCKED asks for an operator before the node may go on. */
  public enum Reason {
    LOCKED,
    DAMAGED,
    WRITE_FAILED,
    OUT_OF_ORDER,
    /** Written by a MedSeal of another version. */
    OTHER_VERSION
  }

  private final Reason reason;

  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
