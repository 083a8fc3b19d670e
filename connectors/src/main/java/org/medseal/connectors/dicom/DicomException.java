package org.medseal.connectors.dicom;

/**
 * Why DICOM bytes could not be read or written. The message names tags and offsets, never values.
 */
public final class DicomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    /** The bytes do not start like a Part 10 file nor like a bare data set. */
    NOT_DICOM,
    /** The bytes end inside an element, an item or a compressed stream. */
    TRUNCATED,
    /** The structure contradicts PS3.5 in a way no known writer excuses. */
    MALFORMED,
    /** One of {@link DicomLimits} was reached. */
    TOO_LARGE,
    /** The transfer syntax is unknown, private, or refers to pixels kept elsewhere. */
    UNSUPPORTED_TRANSFER_SYNTAX
  }

  private final Reason reason;

  public DicomException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public DicomException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
