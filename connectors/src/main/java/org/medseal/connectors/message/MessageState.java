package org.medseal.connectors.message;

/** Where a message stands (DESIGN section 3). */
public enum MessageState {
  RECEIVED,
  QUARANTINED,
  NOT_A_RECORD,
  SEALED,
  SUBMITTED,
  COMMITTED,
  FAILED,
  /** Let go of by an operator; that it came is still known. */
  DISCARDED;

  /** Nothing more will happen to it by itself, and nothing is left to decide. */
  boolean isFinished() {
    return this == COMMITTED || this == NOT_A_RECORD || this == DISCARDED;
  }

  /** Still has work to do and so counts against the high-water mark. */
  public boolean isOpen() {
    return this == RECEIVED || isPending();
  }

  /** Sealed, and not yet known to be on the ledger. */
  boolean isPending() {
    return this == SEALED || this == SUBMITTED;
  }
}
