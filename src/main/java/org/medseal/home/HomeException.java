package org.medseal.home;

/**
 * An institution cannot be set up or started as it stands; the message is one line an operator can
 * act on.
 */
public final class HomeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of thing is wrong. */
  public enum Reason {
    PASSPHRASE,
    KEYS,
    SETTINGS,
    GENESIS,
    /** Written by a MedSeal of another version. */
    FORMAT,
    ROUTES,
    PORT_TAKEN,
    ALREADY_RUNNING
  }

  private final Reason reason;

  public HomeException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public HomeException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
