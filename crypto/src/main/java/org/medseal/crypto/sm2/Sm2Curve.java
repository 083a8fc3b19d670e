package org.medseal.crypto.sm2;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.medseal.crypto.CryptoException;

/**
 * The recommended curve of GB/T 32918.5, prime order, cofactor 1, with Bouncy Castle's arithmetic
 * for it: the general one takes six times as long and as much memory.
 */
final class Sm2Curve {
  static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CustomNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1));
  static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, GMObjectIdentifiers.sm2p256v1);
  static final int POINT_LENGTH = 65;
  static final int FIELD_LENGTH = 32;

  private Sm2Curve() {}

  /** From 04|x|y; BAD_PUBLIC_KEY when off the curve, at infinity, or not canonical. */
  static ECPoint point(byte[] uncompressed65) {
    try {
      if (uncompressed65.length == POINT_LENGTH && uncompressed65[0] == 4) {
        ECPoint point = DOMAIN.validatePublicPoint(DOMAIN.getCurve().decodePoint(uncompressed65));
        if (Arrays.equals(point.getEncoded(false), uncompressed65)) {
          return point;
        }
      }
    } catch (IllegalArgumentException e) {
      throw bad(e);
    }
    throw bad(null);
  }

  /** Coordinates as 04|x|y; false coordinates are refused by {@link #point}. */
  static byte[] encode(BigInteger x, BigInteger y) {
    byte[] encoded = new byte[POINT_LENGTH];
    encoded[0] = 4;
    put(x, encoded, 1);
    put(y, encoded, 1 + FIELD_LENGTH);
    return encoded;
  }

  private static void put(BigInteger value, byte[] to, int offset) {
    if (value.signum() < 0 || value.bitLength() > 8 * FIELD_LENGTH) {
      throw bad(null);
    }
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, FIELD_LENGTH);
    System.arraycopy(bytes, bytes.length - length, to, offset + FIELD_LENGTH - length, length);
  }

  private static CryptoException bad(IllegalArgumentException cause) {
    return new CryptoException(
        CryptoException.Reason.BAD_PUBLIC_KEY, "not a point of the SM2 curve in 65 bytes", cause);
  }
}
