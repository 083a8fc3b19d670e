package org.medseal.ledger.api;

/** A blob that cannot be written or read; the message names what an operator can look at. */
public final class BlobException extends RuntimeException implements NodeFailure {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** The quota or the disk is full. */
    NO_ROOM,
    /** No replica that answers has it. */
    UNAVAILABLE,
    /** Bytes on this disk are not what they were. */
    DAMAGED,
    /** Larger than the ledger allows, or empty. */
    BAD_SIZE,
    DISK_FAILED,
    CLOSED
  }

  private final Reason reason;

  public BlobException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public BlobException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
