package org.medseal.connectors.mllp;

import org.medseal.connectors.deidentify.QuarantineReason;

/** What can be wrong with the bytes on a line. */
public enum MllpDefect {
  /** Bytes outside any frame that are no filler. */
  GARBAGE(QuarantineReason.UNPARSABLE, true),
  /** A frame above the limit; only its beginning is kept. */
  OVERSIZE(QuarantineReason.TOO_LARGE, true),
  /** A frame that never ended before the next began, or before the connection closed. */
  TRUNCATED(QuarantineReason.TRUNCATED, false),
  /** A batch in a frame whose trailer is missing, or counts others than came. */
  BATCH(QuarantineReason.TRUNCATED, false),
  /** A frame of more messages than one may hold; kept whole. */
  TOO_MANY(QuarantineReason.TOO_LARGE, false),
  /** A frame that does not begin with MSH. */
  NO_HEAD(QuarantineReason.UNPARSABLE, true),
  /** An MSH that does not say what the message is. */
  NO_TYPE(QuarantineReason.UNPARSABLE, false);

  private final QuarantineReason reason;
  private final boolean closing;

  MllpDefect(QuarantineReason reason, boolean closing) {
    this.reason = reason;
    this.closing = closing;
  }

  QuarantineReason reason() {
    return reason;
  }

  /** The connection has lost its rhythm and is closed after the answer. */
  boolean isClosing() {
    return closing;
  }
}
