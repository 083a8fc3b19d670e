package org.medseal.connectors.httpbody;

import java.io.IOException;
import java.util.Objects;

/** Why the body of a request is not read to its end. */
public final class BodyException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    /** The sender fell silent, was too slow, or went away. */
    GONE,
    /** It has more bytes than are taken. */
    TOO_LARGE,
    /** Others that are being read leave no room; the same may come again. */
    NO_ROOM
  }

  private final Reason reason;

  BodyException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason);
  }

  public Reason reason() {
    return reason;
  }
}
