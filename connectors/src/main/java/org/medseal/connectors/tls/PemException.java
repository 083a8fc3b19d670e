package org.medseal.connectors.tls;

import java.nio.file.Path;

/** A PEM file that cannot be used; the message names it and says why. */
public final class PemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PemException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
