package org.medseal.crypto.bls;

import java.util.Arrays;
import java.util.HexFormat;
import org.medseal.crypto.CryptoException;
import supranational.blst.P1;
import supranational.blst.P1_Affine;

/**
 * A point of BLS12-381's G1 in additive notation; 48 bytes compressed. Points parsed are in the
 * subgroup of order r and not infinity; sums may be infinity. Immutable and thread-safe.
 */
public final class G1 {
  public static final int LENGTH = 48;

  /** Never changed after construction and never handed out to code that changes it. */
  private final P1 point;

  private G1(P1 owned) {
    this.point = owned;
  }

  /** MALFORMED unless 48 canonical bytes of a point of the subgroup other than infinity. */
  public static G1 fromBytes(byte[] compressed) {
    if (compressed.length != LENGTH) {
      throw malformed(null);
    }
    P1_Affine parsed = parse(compressed);
    // Infinity passes in_group(), and the parser accepts points outside the subgroup.
    if (parsed.is_inf() || !parsed.in_group() || !Arrays.equals(parsed.compress(), compressed)) {
      throw malformed(null);
    }
    return new G1(parsed.to_jacobian());
  }

  private static P1_Affine parse(byte[] compressed) {
    try {
      return new P1_Affine(compressed);
    } catch (RuntimeException e) {
      throw malformed(e); // the binding throws plain RuntimeException for a bad encoding
    }
  }

  private static CryptoException malformed(RuntimeException cause) {
    return new CryptoException(
        CryptoException.Reason.MALFORMED,
        "not 48 canonical bytes of a G1 point of the right order",
        cause);
  }

  /** RFC 9380 suite BLS12381G1_XMD:SHA-256_SSWU_RO_ under this domain separation tag. */
  public static G1 hashToCurve(byte[] message, String tag) {
    return new G1(new P1().hash_to(message, tag));
  }

  public byte[] bytes() {
    return point.compress();
  }

  public boolean isInfinity() {
    return point.is_inf();
  }

  public G1 plus(G1 other) {
    return new G1(point.dup().add(other.point));
  }

  public G1 minus(G1 other) {
    return plus(other.negate());
  }

  public G1 negate() {
    return new G1(point.dup().neg());
  }

  /** Constant time in the scalar. */
  public G1 times(Fr scalar) {
    return new G1(point.dup().mult(scalar.scalar()));
  }

  P1_Affine affine() {
    return point.to_affine();
  }

  /** Takes the point over; its caller keeps nothing of it. */
  static G1 owning(P1 point) {
    return new G1(point);
  }

  P1 copy() {
    return point.dup();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof G1 that && point.is_equal(that.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "G1[" + HexFormat.of().formatHex(bytes(), 0, 8) + "]";
  }
}
