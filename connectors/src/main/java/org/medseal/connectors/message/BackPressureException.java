package org.medseal.connectors.message;

/**
 * The store is at its high-water mark: nothing was stored, the sender is asked to come back (MLLP
 * AE/CE, HTTP 429, DICOM A700H).
 */
public final class BackPressureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BackPressureException(String message) {
    super(message);
  }
}
