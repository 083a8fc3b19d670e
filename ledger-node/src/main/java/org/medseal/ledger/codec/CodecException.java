package org.medseal.ledger.codec;

/** Bytes that are not the canonical form of anything, or a value that has no canonical form. */
public final class CodecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with them. */
  public enum Reason {
    TRUNCATED,
    TRAILING_BYTES,
    TOO_LONG,
    BAD_VALUE,
    WRONG_DOMAIN
  }

  private final Reason reason;

  public CodecException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
