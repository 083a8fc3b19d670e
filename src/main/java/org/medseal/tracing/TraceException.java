package org.medseal.tracing;

/** Why a trace did not go on; the message may be shown. */
public final class TraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    BAD_REQUEST,
    UNKNOWN_RECORD,
    UNKNOWN_TRACE,
    ALREADY_APPROVED,
    COMPLETED,
    /** No answer yet, or none that this institution may read. */
    NO_RESULT,
    /** A proof shown to this judge does not hold. */
    NOT_PROVEN
  }

  private final Reason reason;

  public TraceException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
