package org.medseal.users;

/** A refused action on users or sessions; the message may be shown to the caller. */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Wrong login or password, not active or locked: one answer for all of them. */
    NOT_LOGGED_IN,
    /** The password is right, and a second factor is set up that is missing or wrong. */
    TOTP_NEEDED,
    BAD_LOGIN_NAME,
    BAD_PROFILE,
    WEAK_PASSWORD,
    WRONG_PASSWORD,
    /** Of the authenticator app, while it is being set up. */
    WRONG_TOTP,
    /** Of a key store. */
    WRONG_PASSPHRASE,
    /** Of a recovery: wrong, used and expired look alike. */
    BAD_CODE,
    /** After too many wrong attempts at a key store. */
    LOCKED,
    UNKNOWN_USER,
    UNKNOWN_SESSION,
    LOGIN_TAKEN,
    /** As many people as can wait for an approval do so. */
    TOO_MANY_PENDING,
    /** The change does not fit the user's state. */
    WRONG_STATE,
    /** Somebody must stay able to administer. */
    LAST_ADMIN,
    /** A role key store that several users unlock cannot follow one user's password. */
    SHARED_KEY_STORE,
    STORE
  }

  private final Reason reason;

  public UserException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public UserException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
