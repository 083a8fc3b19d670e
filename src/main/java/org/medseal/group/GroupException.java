package org.medseal.group;

/** Why the signing group did not change; the message may be shown. */
public final class GroupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    BAD_REQUEST,
    /** This institution's commitment is registered; the next epoch credentials it. */
    ALREADY_JOINED,
    /** Only the issuer's institution starts epochs. */
    NOT_THE_ISSUER,
    /** The session does not hold the issuer's key, or holds another one. */
    ISSUER_KEY_NEEDED
  }

  private final Reason reason;

  public GroupException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
