package org.medseal.crypto.sm2;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.math.ec.ECPoint;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;

/**
 * An SM2 public key to which data keys are wrapped. Points off the curve, at infinity or not
 * canonical are refused once, at import. Immutable and thread-safe.
 */
public final class Sm2PublicKey {
  private static final String LABEL = "PUBLIC KEY";

  private final ECPoint point;
  private final byte[] encoded;

  private Sm2PublicKey(byte[] uncompressed65) {
    this.point = Sm2Curve.point(uncompressed65);
    this.encoded = uncompressed65.clone();
  }

  /** BAD_PUBLIC_KEY unless 04|x|y of a point on the curve. */
  public static Sm2PublicKey fromPoint(byte[] uncompressed65) {
    return new Sm2PublicKey(uncompressed65);
  }

  /** SubjectPublicKeyInfo as OpenSSL writes it; MALFORMED or BAD_PUBLIC_KEY. */
  public static Sm2PublicKey fromPem(String pem) {
    byte[] der = Pem.decode(LABEL, pem);
    try {
      SubjectPublicKeyInfo parsed = SubjectPublicKeyInfo.getInstance(der);
      Sm2PublicKey key = new Sm2PublicKey(parsed.getPublicKeyData().getOctets());
      if (Arrays.equals(key.toDer(), der)) {
        return key;
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private static CryptoException malformed(RuntimeException cause) {
    return new CryptoException(
        CryptoException.Reason.MALFORMED, "not an SM2 public key in PEM", cause);
  }

  /** 65 bytes 04|x|y. */
  public byte[] point() {
    return encoded.clone();
  }

  public String toPem() {
    return Pem.encode(LABEL, toDer());
  }

  private byte[] toDer() {
    try {
      return new SubjectPublicKeyInfo(Sm2Curve.ALGORITHM, encoded).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("DER could not be written to memory", e);
    }
  }

  /** A 16-byte data key for this key's holder: DER SEQUENCE(x, y, C3, C2), about 122 bytes. */
  public byte[] wrap(SecretBytes dataKey16, SecureRandom random) {
    if (dataKey16.length() != RecordCipher.DATA_KEY_LENGTH) {
      throw new IllegalArgumentException("a data key is 16 bytes, not " + dataKey16.length());
    }
    return Sm2Ciphertext.toDer(dataKey16.use(key -> Sm2Encryption.encrypt(point, key, random)));
  }

  /** Whether this key's holder made the proof of {@link Sm2PrivateKey#prove}. */
  public boolean verify(byte[] message, byte[] proof64) {
    return Sm2Proof.verify(point, message, proof64);
  }

  /** SHA-256 of the 65 bytes. */
  public byte[] fingerprint() {
    return Digests.sha256(encoded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sm2PublicKey key && Arrays.equals(encoded, key.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "Sm2PublicKey[" + HexFormat.of().formatHex(fingerprint(), 0, 8) + "]";
  }
}
