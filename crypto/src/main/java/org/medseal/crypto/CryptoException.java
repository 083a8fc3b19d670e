package org.medseal.crypto;

/**
 * The one failure of this module. The message says what and which file or object, and never holds a
 * secret, a plaintext or anything of a patient.
 */
public final class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. Decryption failures are deliberately coarse: a peer must not learn which check failed. */
  public enum Reason {
    /** Wrong length, wrong tag, not canonical. */
    MALFORMED,
    /** Well-formed, but changed, cut, reordered, or made under another key or context. */
    NOT_AUTHENTIC,
    /** The key does not match the commitment or the object it should open. */
    WRONG_KEY,
    /** A public key or public point that must not be used. */
    BAD_PUBLIC_KEY,
    BAD_SIGNATURE,
    BAD_PASSPHRASE,
    BAD_PERMISSIONS,
    MISSING_KEY,
    /** Signing would hide the signer among too few. */
    TOO_FEW_MEMBERS,
    IO
  }

  private final Reason reason;

  public CryptoException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public CryptoException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
