package org.medseal.crypto.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;

/**
 * EncryptedPrivateKeyInfo of PKCS#8 with PBES2 (RFC 8018): PBKDF2-HMAC-SHA-256 and AES-256-CBC, the
 * form OpenSSL 3 reads and writes. Other algorithms are refused.
 */
public final class Pbes2 {
  private static final AlgorithmIdentifier PRF =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
  private static final int IV_LENGTH = 16;
  private static final int MAX_SALT_LENGTH = 64;

  private Pbes2() {}

  /** DER of EncryptedPrivateKeyInfo around these bytes. */
  public static byte[] encrypt(byte[] privateKeyInfo, char[] passphrase, SecureRandom random) {
    Passphrases.requireUsable(passphrase);
    byte[] salt = Passphrases.salt(random);
    byte[] iv = new byte[IV_LENGTH];
    random.nextBytes(iv);
    byte[] key = Passphrases.derive(passphrase, salt, Passphrases.ITERATIONS);
    try {
      byte[] encrypted =
          cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(privateKeyInfo, 0, privateKeyInfo.length);
      PBES2Parameters parameters =
          new PBES2Parameters(
              new KeyDerivationFunc(
                  PKCSObjectIdentifiers.id_PBKDF2,
                  new PBKDF2Params(salt, Passphrases.ITERATIONS, PRF)),
              new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
      return new EncryptedPrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
          .getEncoded(ASN1Encoding.DER);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("PBES2 failed to encrypt", e);
    } finally {
      Passphrases.wipe(key);
    }
  }

  /**
   * The bytes inside, to be wiped by the caller. PBES2 has no integrity of its own: BAD_PASSPHRASE
   * when the padding is wrong, and the caller must check what comes out. MALFORMED for other
   * structures or algorithms.
   */
  public static byte[] decrypt(byte[] der, char[] passphrase) {
    Parsed parsed = parse(der);
    byte[] key = Passphrases.derive(passphrase, parsed.salt, parsed.iterations);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, parsed.iv).doFinal(parsed.encrypted);
    } catch (BadPaddingException | IllegalBlockSizeException e) {
      throw new CryptoException(Reason.BAD_PASSPHRASE, "wrong passphrase for encrypted key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PBES2 failed to decrypt", e);
    } finally {
      Passphrases.wipe(key);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Parsed(byte[] salt, int iterations, byte[] iv, byte[] encrypted) {}

  private static Parsed parse(byte[] der) {
    try {
      require(der.length > 0); // the parser answers null for no bytes at all
      EncryptedPrivateKeyInfo outer = EncryptedPrivateKeyInfo.getInstance(der);
      require(outer.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2));
      PBES2Parameters parameters =
          PBES2Parameters.getInstance(outer.getEncryptionAlgorithm().getParameters());
      KeyDerivationFunc function = parameters.getKeyDerivationFunc();
      require(function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2));
      PBKDF2Params kdf = PBKDF2Params.getInstance(function.getParameters());
      require(kdf.getPrf().getAlgorithm().equals(PKCSObjectIdentifiers.id_hmacWithSHA256));
      int iterations = kdf.getIterationCount().intValueExact();
      require(iterations >= 1 && iterations <= Passphrases.MAX_ITERATIONS);
      require(kdf.getSalt().length >= 1 && kdf.getSalt().length <= MAX_SALT_LENGTH);
      EncryptionScheme scheme = parameters.getEncryptionScheme();
      require(scheme.getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_CBC));
      byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
      require(iv.length == IV_LENGTH);
      return new Parsed(kdf.getSalt(), iterations, iv, outer.getEncryptedData());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CryptoException(
          Reason.MALFORMED,
          "encrypted key is not PKCS#8 with PBES2 (PBKDF2-HMAC-SHA-256, AES-256-CBC)",
          e);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("unsupported algorithm or parameter");
    }
  }

  static Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    return cipher;
  }
}
