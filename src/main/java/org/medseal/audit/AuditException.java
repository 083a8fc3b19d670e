package org.medseal.audit;

/** The trail cannot be trusted or written; the node does not act without it. */
public final class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** An entry does not follow from the one before it. */
    BROKEN_CHAIN,
    MALFORMED
  }

  private final Reason reason;

  public AuditException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public AuditException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
