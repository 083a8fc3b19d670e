package org.medseal.mail;

/** A mail that did not leave; the message names neither its address nor what it says. */
public final class MailException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The settings name files that cannot be used. */
    SETTINGS,
    /** The server cannot be reached or refused. */
    NOT_SENT
  }

  private final Reason reason;

  public MailException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
