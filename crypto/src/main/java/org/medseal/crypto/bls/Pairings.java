package org.medseal.crypto.bls;

import supranational.blst.PT;
import supranational.blst.Pairing;

/** Pairings of BLS12-381, as products of two. */
public final class Pairings {
  /** Bytes of a target group element. */
  public static final int GT_LENGTH = 576;

  private Pairings() {}

  /**
   * e(a, b) · e(c, d) as 576 bytes: twelve 48-byte big-endian coefficients in the order of
   * blst_bendian_from_fp12. blst's e is the cube of the reduced ate pairing, which is as good.
   */
  public static byte[] product(G1 a, G2 b, G1 c, G2 d) {
    if ((a.isInfinity() || b.isInfinity()) && (c.isInfinity() || d.isInfinity())) {
      return PT.one().to_bendian(); // the library leaves infinity out, and nothing else is left
    }
    Pairing both = new Pairing(false, ""); // one loop for both: nothing is hashed
    both.raw_aggregate(b.affine(), a.affine());
    both.raw_aggregate(d.affine(), c.affine());
    both.commit();
    return both.as_fp12().final_exp().to_bendian();
  }

  /** Whether e(a, b) = e(c, d). */
  public static boolean equal(G1 a, G2 b, G1 c, G2 d) {
    return PT.finalverify(new PT(a.affine(), b.affine()), new PT(c.affine(), d.affine()));
  }
}
