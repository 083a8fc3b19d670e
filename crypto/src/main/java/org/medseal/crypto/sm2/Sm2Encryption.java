package org.medseal.crypto.sm2;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.math.ec.ECPoint;
import org.medseal.crypto.CryptoException;

/** SM2 public key encryption (GB/T 32918.4) in the order C1|C3|C2. */
final class Sm2Encryption {
  private Sm2Encryption() {}

  static byte[] encrypt(ECPoint to, byte[] plaintext, SecureRandom random) {
    SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
    engine.init(
        true, new ParametersWithRandom(new ECPublicKeyParameters(to, Sm2Curve.DOMAIN), random));
    try {
      return engine.processBlock(plaintext, 0, plaintext.length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("SM2 failed to encrypt", e);
    }
  }

  /** One error for everything that can be wrong: NOT_AUTHENTIC, without a cause. */
  static byte[] decrypt(BigInteger d, byte[] der) {
    try {
      byte[] raw = Sm2Ciphertext.fromDer(der);
      SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
      engine.init(false, new ECPrivateKeyParameters(d, Sm2Curve.DOMAIN));
      return engine.processBlock(raw, 0, raw.length);
    } catch (InvalidCipherTextException | CryptoException e) {
      throw refused();
    }
  }

  static CryptoException refused() {
    return new CryptoException(
        CryptoException.Reason.NOT_AUTHENTIC, "wrapped key does not open with this SM2 key");
  }
}
