package org.medseal.crypto.sm2;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.keystore.Pbes2;

/** An SM2 decryption key, scalar d in [1, n-2] (GB/T 32918.1). Wiped on close; thread-safe. */
public final class Sm2PrivateKey implements AutoCloseable {
  private static final String LABEL = "ENCRYPTED PRIVATE KEY";
  private static final BigInteger MAX = Sm2Curve.DOMAIN.getN().subtract(BigInteger.TWO);

  private final SecretBytes scalar;
  private final Sm2PublicKey publicKey;

  private Sm2PrivateKey(BigInteger d) {
    byte[] fixed = BigIntegers.asUnsignedByteArray(Sm2Curve.FIELD_LENGTH, d);
    this.scalar = SecretBytes.copyOf(fixed);
    Arrays.fill(fixed, (byte) 0);
    this.publicKey =
        Sm2PublicKey.fromPoint(
            new FixedPointCombMultiplier()
                .multiply(Sm2Curve.DOMAIN.getG(), d)
                .normalize()
                .getEncoded(false));
  }

  public static Sm2PrivateKey generate(SecureRandom random) {
    return new Sm2PrivateKey(BigIntegers.createRandomInRange(BigInteger.ONE, MAX, random));
  }

  /** 32 bytes big-endian; MALFORMED outside [1, n-2]. */
  public static Sm2PrivateKey fromScalar(SecretBytes d32) {
    if (d32.length() != Sm2Curve.FIELD_LENGTH) {
      throw outOfRange();
    }
    return fromInteger(d32.use(d -> new BigInteger(1, d)));
  }

  static Sm2PrivateKey fromInteger(BigInteger d) {
    if (d.signum() < 1 || d.compareTo(MAX) > 0) {
      throw outOfRange();
    }
    return new Sm2PrivateKey(d);
  }

  private static CryptoException outOfRange() {
    return new CryptoException(
        CryptoException.Reason.MALFORMED, "an SM2 private key is 32 bytes in [1, n-2]");
  }

  /** A copy the caller closes. */
  public SecretBytes scalar() {
    return scalar.use(SecretBytes::copyOf);
  }

  public Sm2PublicKey publicKey() {
    return publicKey;
  }

  /** The 16-byte data key; NOT_AUTHENTIC, whatever was wrong. Rate-limit and audit callers. */
  public SecretBytes unwrap(byte[] der) {
    byte[] plain = Sm2Encryption.decrypt(integer(), der);
    try {
      if (plain.length != RecordCipher.DATA_KEY_LENGTH) {
        throw Sm2Encryption.refused();
      }
      return SecretBytes.copyOf(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Says that whoever asks for it holds this key: SM2 signature (GB/T 32918.2) with the standard's
   * default identity, r and s in 64 bytes. Messages begin with a domain of their own.
   */
  public byte[] prove(byte[] message, SecureRandom random) {
    return Sm2Proof.sign(integer(), message, random);
  }

  private BigInteger integer() {
    return scalar.use(d -> new BigInteger(1, d));
  }

  /** PKCS#8 under PBES2 as OpenSSL reads it. */
  public String toEncryptedPem(char[] passphrase, SecureRandom random) {
    byte[] clear = Sm2Pkcs8.encode(integer(), publicKey);
    try {
      return Pem.encode(LABEL, Pbes2.encrypt(clear, passphrase, random));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** BAD_PASSPHRASE, or MALFORMED for another algorithm, curve or structure. */
  public static Sm2PrivateKey fromEncryptedPem(String pem, char[] passphrase) {
    byte[] clear = Pbes2.decrypt(Pem.decode(LABEL, pem), passphrase);
    try {
      return Sm2Pkcs8.decode(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  @Override
  public void close() {
    scalar.close();
  }
}
