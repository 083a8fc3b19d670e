package org.medseal.crypto.sm2;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;

/**
 * SM2 signatures with SM3 (GB/T 32918.2), default identity 1234567812345678, r and s side by side.
 */
final class Sm2Proof {
  static final int LENGTH = 2 * Sm2Curve.FIELD_LENGTH;

  private Sm2Proof() {}

  static byte[] sign(BigInteger d, byte[] message, SecureRandom random) {
    SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
    signer.init(
        true, new ParametersWithRandom(new ECPrivateKeyParameters(d, Sm2Curve.DOMAIN), random));
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("an SM2 signature could not be made", e);
    }
  }

  static boolean verify(ECPoint key, byte[] message, byte[] proof64) {
    if (proof64.length != LENGTH) {
      return false;
    }
    SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
    signer.init(false, new ECPublicKeyParameters(key, Sm2Curve.DOMAIN));
    signer.update(message, 0, message.length);
    return signer.verifySignature(proof64);
  }
}
