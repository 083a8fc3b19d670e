package org.medseal.connectors.deidentify;

/** Why a record's true dates are not to be had; the message holds nothing of the record. */
public final class TrueDatesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    ANOTHER_PATIENT,
    UNREADABLE
  }

  private final Reason reason;

  public TrueDatesException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
