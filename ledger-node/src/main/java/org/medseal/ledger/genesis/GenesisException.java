package org.medseal.ledger.genesis;

/** A genesis that is not sound, or a file that holds none; the message names the key or rule. */
public final class GenesisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where the trouble lies. */
  public enum Reason {
    IO,
    /** Not the JSON of a genesis: syntax, or an unknown, repeated or missing key. */
    MALFORMED,
    /** A genesis, but not a sound one. */
    UNSOUND
  }

  private final Reason reason;

  public GenesisException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public GenesisException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
