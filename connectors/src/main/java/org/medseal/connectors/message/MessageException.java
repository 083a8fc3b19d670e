package org.medseal.connectors.message;

/** A call the store refuses; the message names MedSeal's own ids only. */
public final class MessageException extends RuntimeException implements MayHeal {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** Larger than {@link MessageLimits} allow for its format. */
    TOO_LARGE,
    UNKNOWN_MESSAGE,
    /** Its bytes in the inbox cannot be read or decrypted. */
    UNREADABLE,
    /** Finished: its content is no longer kept, or its file went when it was committed. */
    GONE,
    /** The message is in a state that does not allow this; somebody else moved it on. */
    WRONG_STATE,
    /** What is in the folder was written under another storage key. */
    WRONG_KEY,
    CLOSED
  }

  private final Reason reason;

  public MessageException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public MessageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public boolean mayHeal() {
    return reason == Reason.WRONG_STATE || reason == Reason.CLOSED;
  }
}
