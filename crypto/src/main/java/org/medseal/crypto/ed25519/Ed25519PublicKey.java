package org.medseal.crypto.ed25519;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.medseal.crypto.CryptoException;

/**
 * An Ed25519 public key (RFC 8032): canonical encoding, on the curve, in the prime-order subgroup,
 * all checked once at {@link #fromBytes}. Immutable and thread-safe.
 */
public final class Ed25519PublicKey {
  public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;
  public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

  private final byte[] encoded;
  private final Ed25519.PublicPoint point;

  private Ed25519PublicKey(byte[] encoded, Ed25519.PublicPoint point) {
    this.encoded = encoded;
    this.point = point;
  }

  /** BAD_PUBLIC_KEY unless 32 canonical bytes of a point of prime order. */
  public static Ed25519PublicKey fromBytes(byte[] raw32) {
    if (raw32.length != LENGTH) {
      throw bad();
    }
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(raw32, 0);
    if (point == null) {
      throw bad();
    }
    byte[] canonical = new byte[LENGTH];
    Ed25519.encodePublicPoint(point, canonical, 0);
    if (!Arrays.equals(canonical, raw32)) {
      throw bad();
    }
    return new Ed25519PublicKey(canonical, point);
  }

  private static CryptoException bad() {
    return new CryptoException(
        CryptoException.Reason.BAD_PUBLIC_KEY,
        "not an Ed25519 public key: 32 canonical bytes of a point of prime order are needed");
  }

  public byte[] bytes() {
    return encoded.clone();
  }

  /** False for any signature that is not exactly 64 bytes with canonical S. */
  public boolean verify(byte[] message, byte[] signature64) {
    return signature64.length == SIGNATURE_LENGTH
        && Ed25519.verify(signature64, 0, point, message, 0, message.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey key && Arrays.equals(encoded, key.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "Ed25519PublicKey[" + HexFormat.of().formatHex(encoded, 0, 8) + "]";
  }
}
