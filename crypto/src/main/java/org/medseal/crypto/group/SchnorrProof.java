package org.medseal.crypto.group;

import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;
import org.medseal.crypto.bls.G2;

/**
 * Non-interactive proof of knowledge of w: challenge c over tag, statement and commitments,
 * response s = k + c·w; 64 bytes. The verifier recomputes each commitment as s·base - c·point.
 */
record SchnorrProof(Fr c, Fr s) {
  static final int LENGTH = 2 * Fr.LENGTH;

  static SchnorrProof of(Fr c, Fr nonce, Fr secret) {
    return new SchnorrProof(c, nonce.plus(c.times(secret)));
  }

  G1 commitment(G1 base, G1 point) {
    return base.times(s).minus(point.times(c));
  }

  G2 commitment(G2 base, G2 point) {
    return base.times(s).minus(point.times(c));
  }

  byte[] encoded() {
    byte[] out = Arrays.copyOf(c.bytes(), LENGTH);
    System.arraycopy(s.bytes(), 0, out, Fr.LENGTH, Fr.LENGTH);
    return out;
  }

  /** MALFORMED unless two scalars below r in exactly 64 bytes. */
  static SchnorrProof decode(byte[] encoded) {
    if (encoded.length != LENGTH) {
      throw new CryptoException(
          CryptoException.Reason.MALFORMED, "a proof is 64 bytes, not " + encoded.length);
    }
    return new SchnorrProof(
        Fr.fromBytes(Arrays.copyOf(encoded, Fr.LENGTH)),
        Fr.fromBytes(Arrays.copyOfRange(encoded, Fr.LENGTH, LENGTH)));
  }
}
