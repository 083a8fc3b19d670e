package org.medseal.crypto.sm2;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;

/** PrivateKeyInfo (RFC 5208) around ECPrivateKey (RFC 5915) on the SM2 curve. */
final class Sm2Pkcs8 {
  private static final int BITS = 256;

  private Sm2Pkcs8() {}

  static byte[] encode(BigInteger d, Sm2PublicKey publicKey) {
    try {
      ECPrivateKey key =
          new ECPrivateKey(
              BITS, d, new DERBitString(publicKey.point()), Sm2Curve.ALGORITHM.getParameters());
      return new PrivateKeyInfo(Sm2Curve.ALGORITHM, key).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("DER could not be written to memory", e);
    }
  }

  /** BAD_PASSPHRASE when it is not DER at all: a wrong passphrase leaves noise. */
  static Sm2PrivateKey decode(byte[] clear) {
    PrivateKeyInfo outer;
    try {
      outer = PrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(clear));
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new CryptoException(Reason.BAD_PASSPHRASE, "wrong passphrase for encrypted key");
    }
    if (outer == null || !outer.getPrivateKeyAlgorithm().equals(Sm2Curve.ALGORITHM)) {
      throw malformed();
    }
    try {
      ECPrivateKey inner = ECPrivateKey.getInstance(outer.parsePrivateKey());
      Sm2PrivateKey key = Sm2PrivateKey.fromInteger(inner.getKey());
      ASN1BitString stated = inner.getPublicKey();
      if (stated != null && !Arrays.equals(stated.getOctets(), key.publicKey().point())) {
        key.close();
        throw malformed();
      }
      return key;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw malformed();
    }
  }

  private static CryptoException malformed() {
    return new CryptoException(Reason.MALFORMED, "encrypted key is not a consistent SM2 key");
  }
}
