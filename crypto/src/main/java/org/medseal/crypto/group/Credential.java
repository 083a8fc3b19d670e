package org.medseal.crypto.group;

import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;
import org.medseal.crypto.bls.Pairings;

/**
 * What the issuer gives a member for one epoch: A (48 bytes) and x (32 bytes) with A = (γ + x)^-1 ·
 * (P1 + C). Both may be public. A is unique in the registry, which its holder checks.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, equality is by content
public record Credential(byte[] a48, byte[] x32) {
  public static final int LENGTH = G1.LENGTH + Fr.LENGTH;

  public Credential {
    if (a48.length != G1.LENGTH || x32.length != Fr.LENGTH) {
      throw new CryptoException(
          CryptoException.Reason.MALFORMED, "a credential is 48 and 32 bytes");
    }
    a48 = a48.clone();
    x32 = x32.clone();
  }

  @Override
  public byte[] a48() {
    return a48.clone();
  }

  @Override
  public byte[] x32() {
    return x32.clone();
  }

  public byte[] encoded() {
    byte[] out = Arrays.copyOf(a48, LENGTH);
    System.arraycopy(x32, 0, out, G1.LENGTH, x32.length);
    return out;
  }

  public static Credential decode(byte[] encoded) {
    Decoding in = new Decoding("credential", encoded);
    Credential decoded = new Credential(in.take(G1.LENGTH), in.take(Fr.LENGTH));
    in.end();
    return decoded;
  }

  /** Whether e(A, W + x·P2) = e(P1 + C, P2): ties A to the C that the member signed. */
  public boolean verify(GroupPublicKey gpk, byte[] c48) {
    try {
      G1 a = G1.fromBytes(a48);
      Fr x = Fr.fromBytes(x32);
      G1 c = G1.fromBytes(c48);
      return Pairings.equal(
          a,
          gpk.w().plus(GroupPublicKey.P2.times(x)),
          GroupParameters.P1.plus(c),
          GroupPublicKey.P2);
    } catch (CryptoException malformed) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential that && Arrays.equals(encoded(), that.encoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded());
  }
}
