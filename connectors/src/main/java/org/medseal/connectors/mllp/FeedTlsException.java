package org.medseal.connectors.mllp;

import java.nio.file.Path;

/** A file of a feed's TLS that cannot be used; stops the start. */
public final class FeedTlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FeedTlsException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
