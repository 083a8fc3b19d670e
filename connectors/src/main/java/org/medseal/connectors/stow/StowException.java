package org.medseal.connectors.stow;

import java.io.IOException;

/** Why a request cannot be read on. */
final class StowException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  enum Reason {
    /** The parts do not follow RFC 2046, or end early. */
    MALFORMED,
    /** More parts, or longer headers, than anybody needs. */
    TOO_MUCH,
    /** The sender fell silent, was too slow, or went away. */
    GONE
  }

  private final Reason reason;

  StowException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
