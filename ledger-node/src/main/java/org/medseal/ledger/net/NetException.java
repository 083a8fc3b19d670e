package org.medseal.ledger.net;

/** The network cannot be started; one line that says what to change. */
public final class NetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    CANNOT_LISTEN,
    BAD_CERTIFICATE,
    BAD_ADDRESS
  }

  private final Reason reason;

  public NetException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
