package org.medseal.connectors.mllp;

/** A file of a listener's TLS that cannot be used; stops the start. */
public final class FeedTlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FeedTlsException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
