package org.medseal.ledger.proof;

/** A proof that does not hold, cannot be made, or is no proof at all; the message says where. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Not a proof file of this version, or not in its one canonical form. */
    MALFORMED,
    /** Of another chain than the anchor's. */
    OTHER_CHAIN,
    /** A header's certificate, validator set or link to what is trusted does not hold. */
    NOT_TRUSTED,
    /** What is trusted lies too far in the past, or the proof in the future. */
    OUT_OF_TIME,
    /** Trusted headers do not bear the claim out. */
    NOT_PROVEN,
    /** The node has no such transaction, height or history. */
    NOT_FOUND
  }

  private final Reason reason;

  public ProofException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ProofException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
