package org.medseal.ledger.engine.embedded;

/** Signing would contradict or precede what this key has already signed. */
public final class SignRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SignRefusedException(String message) {
    super(message);
  }
}
