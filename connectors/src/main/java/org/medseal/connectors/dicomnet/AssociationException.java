package org.medseal.connectors.dicomnet;

import java.io.IOException;

/** An association cannot be made or has come to its end early. Names no patient and no UID. */
public final class AssociationException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The peer, or its provider, has aborted. */
    ABORTED,
    /** The connection is gone. */
    CLOSED,
    /** The peer was silent, or did not take what we sent, for too long. */
    TIMED_OUT,
    /** The peer breaks PS3.7 or PS3.8; we have aborted. */
    PROTOCOL,
    /** A fault of ours. */
    FAULT,
    /** The peer does not want the association, or none of its contexts. */
    REJECTED,
    /** An object went on beyond the cap. */
    TOO_LARGE,
    /** What is to be sent is no Part 10 file that names class, instance and transfer syntax. */
    NOT_SENDABLE
  }

  private final Reason reason;

  public AssociationException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public AssociationException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
