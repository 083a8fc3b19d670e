package org.medseal.crypto.bls;

import java.util.Arrays;
import java.util.HexFormat;
import org.medseal.crypto.CryptoException;
import supranational.blst.P2;
import supranational.blst.P2_Affine;

/**
 * A point of BLS12-381's G2 in additive notation; 96 bytes compressed. Points parsed are in the
 * subgroup of order r and not infinity; sums may be infinity. Immutable and thread-safe.
 */
public final class G2 {
  public static final int LENGTH = 96;

  /** Never changed after construction and never handed out to code that changes it. */
  private final P2 point;

  private G2(P2 owned) {
    this.point = owned;
  }

  /** MALFORMED unless 96 canonical bytes of a point of the subgroup other than infinity. */
  public static G2 fromBytes(byte[] compressed) {
    if (compressed.length != LENGTH) {
      throw malformed(null);
    }
    P2_Affine parsed = parse(compressed);
    // Infinity passes in_group(), and the parser accepts points outside the subgroup.
    if (parsed.is_inf() || !parsed.in_group() || !Arrays.equals(parsed.compress(), compressed)) {
      throw malformed(null);
    }
    return new G2(parsed.to_jacobian());
  }

  private static P2_Affine parse(byte[] compressed) {
    try {
      return new P2_Affine(compressed);
    } catch (RuntimeException e) {
      throw malformed(e); // the binding throws plain RuntimeException for a bad encoding
    }
  }

  private static CryptoException malformed(RuntimeException cause) {
    return new CryptoException(
        CryptoException.Reason.MALFORMED,
        "not 96 canonical bytes of a G2 point of the right order",
        cause);
  }

  public static G2 generator() {
    return new G2(P2.generator());
  }

  public byte[] bytes() {
    return point.compress();
  }

  public boolean isInfinity() {
    return point.is_inf();
  }

  public G2 plus(G2 other) {
    return new G2(point.dup().add(other.point));
  }

  public G2 minus(G2 other) {
    return plus(other.negate());
  }

  public G2 negate() {
    return new G2(point.dup().neg());
  }

  /** Constant time in the scalar. */
  public G2 times(Fr scalar) {
    return new G2(point.dup().mult(scalar.scalar()));
  }

  P2_Affine affine() {
    return point.to_affine();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof G2 that && point.is_equal(that.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "G2[" + HexFormat.of().formatHex(bytes(), 0, 8) + "]";
  }
}
