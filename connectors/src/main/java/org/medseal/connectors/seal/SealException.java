package org.medseal.connectors.seal;

import org.medseal.connectors.message.MayHeal;

/** A record that cannot be sealed, now or ever. */
public final class SealException extends RuntimeException implements MayHeal {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** Above what one node keeps; no other attempt will do better. */
    TOO_LARGE,
    /** The institution holds no credential of the current epoch yet. */
    NOT_A_MEMBER,
    /** Signing in so small an epoch would not hide who signs. */
    TOO_FEW_MEMBERS,
    /** An earlier transaction of the message may yet be committed. */
    EARLIER_SEAL_LIVES
  }

  private final Reason reason;

  public SealException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public boolean mayHeal() {
    return reason != Reason.TOO_LARGE;
  }
}
