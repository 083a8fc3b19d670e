package org.medseal.client;

/**
 * An admin endpoint could not be reached or answered otherwise than expected; the message names the
 * call.
 */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ClientException(String message) {
    super(message);
  }

  public ClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
