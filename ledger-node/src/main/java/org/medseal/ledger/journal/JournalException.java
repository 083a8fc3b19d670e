package org.medseal.ledger.journal;

/** A journal that cannot be opened, read or written; the message names the file and offset. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** DAMAGED, WRITE_FAILED and SYNC_FAILED ask for an operator; the rest for another call. */
  public enum Reason {
    LOCKED,
    DAMAGED,
    UNSUPPORTED_VERSION,
    WRITE_FAILED,
    SYNC_FAILED,
    READ_FAILED,
    CLOSED,
    TOO_LARGE,
    NO_SUCH_FRAME
  }

  private final Reason reason;

  public JournalException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public JournalException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
