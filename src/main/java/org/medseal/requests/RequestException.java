package org.medseal.requests;

/** Why a search, request, decision or opening did not happen; the message may be shown. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    BAD_IDENTIFIER,
    BAD_REQUEST,
    UNKNOWN_RECORD,
    UNKNOWN_REQUEST,
    NOT_PART_OF_REQUEST,
    NOT_YOURS,
    NOT_APPROVED,
    ALREADY_DECIDED,
    EXPIRED,
    /** The session holds no key to which the record's data key was wrapped. */
    CUSTODIAN_KEY_NEEDED,
    /** Wraps, commitment or ciphertext do not belong together. */
    RECORD_NOT_AUTHENTIC,
    LEDGER_REFUSED,
    /** It was put out of the consortium, so nothing can be granted or sealed to it. */
    INSTITUTION_GONE,
    /** True dates are for TREATMENT only. */
    NOT_FOR_THIS_PURPOSE,
    /** The record's pseudonym is not that of the identifier. */
    ANOTHER_PATIENT,
    /** The record went through rules this node does not have. */
    RULES_UNKNOWN
  }

  private final Reason reason;

  public RequestException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public RequestException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
