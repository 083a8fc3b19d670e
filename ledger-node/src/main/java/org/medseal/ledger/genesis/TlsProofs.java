package org.medseal.ledger.genesis;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.TlsProof;

/**
 * Makes and judges proofs of a node's TLS key. Judged by one library on every node, which refuses
 * points that are not on the curve; malformed input is an answer, false, never an exception.
 */
public final class TlsProofs {
  /** SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point (RFC 5480). */
  private static final byte[] INFO =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private static final int POINT = 65;
  private static final int HALF = 32;

  private TlsProofs() {}

  /**
   * Signs what a registration is for with the TLS key itself.
   *
   * @throws IllegalArgumentException if it is no P-256 key
   */
  public static TlsProof make(PublicKey certified, PrivateKey key, byte[] message) {
    byte[] info = certified.getEncoded();
    boolean isP256 =
        info.length == INFO.length + POINT
            && Arrays.equals(INFO, 0, INFO.length, info, 0, INFO.length);
    if (!isP256) {
      throw new IllegalArgumentException("the TLS key is not on P-256");
    }
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(message);
      return new TlsProof(
          Bytes.of(Arrays.copyOfRange(info, INFO.length, info.length)), Bytes.of(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the TLS key does not sign", e);
    }
  }

  /** Whether the key is the pinned one and signed the message. */
  public static boolean holds(Hash pin, byte[] message, TlsProof proof) {
    return proof.key().length() == POINT
        && proof.signature().length() == 2 * HALF
        && pin(proof.key()).equals(pin)
        && isSigned(message, proof);
  }

  /** SHA-256 of the subject public key info of that point. */
  public static Hash pin(Bytes point) {
    return Hash.of(Digests.sha256(info(point)));
  }

  private static byte[] info(Bytes point) {
    byte[] info = Arrays.copyOf(INFO, INFO.length + POINT);
    System.arraycopy(point.toArray(), 0, info, INFO.length, POINT);
    return info;
  }

  private static boolean isSigned(byte[] message, TlsProof proof) {
    try {
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, PublicKeyFactory.createKey(info(proof.key())));
      byte[] signature = proof.signature().toArray();
      return signer.verifySignature(
          Digests.sha256(message),
          new BigInteger(1, signature, 0, HALF),
          new BigInteger(1, signature, HALF, HALF));
    } catch (IOException | IllegalArgumentException e) {
      return false; // not a point of the curve
    }
  }
}
