package org.medseal.connectors.dicomnet.pdu;

/** Bytes that are no protocol data unit, or one we do not take. */
public final class PduException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, with the reason of an A-ABORT by the provider (PS3.8 table 9-26). */
  public enum Reason {
    UNRECOGNIZED_TYPE(1),
    /** The declared length is above what this type may have. */
    TOO_LONG(6),
    /** The parts do not fill the length, or go beyond it. */
    BAD_LENGTH(6),
    BAD_VALUE(6);

    private final int abortReason;

    Reason(int abortReason) {
      this.abortReason = abortReason;
    }

    public int abortReason() {
      return abortReason;
    }
  }

  private final Reason reason;

  public PduException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
