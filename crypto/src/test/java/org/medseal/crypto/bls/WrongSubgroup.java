package org.medseal.crypto.bls;

import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.bouncycastle.crypto.bls.BLS12_381SubgroupCheck;
import org.bouncycastle.math.ec.ECPoint;
import supranational.blst.P2_Affine;

/** Encodings of points that are on the curve but not of order r. */
public final class WrongSubgroup {
  private WrongSubgroup() {}

  /** The first small x on the curve whose point Bouncy Castle puts outside the subgroup. */
  public static byte[] g1() {
    byte[] encoded = compressed(G1.LENGTH);
    while (!isOutsideG1(encoded)) {
      encoded[encoded.length - 1]++;
    }
    return encoded;
  }

  public static byte[] g2() {
    byte[] encoded = compressed(G2.LENGTH);
    while (!isOutsideG2(encoded)) {
      encoded[encoded.length - 1]++;
    }
    return encoded;
  }

  private static byte[] compressed(int length) {
    byte[] encoded = new byte[length];
    encoded[0] = (byte) 0x80;
    encoded[length - 1] = 1;
    return encoded;
  }

  private static boolean isOutsideG1(byte[] encoded) {
    try {
      ECPoint point = BLS12_381Serialization.decompressG1(encoded, BLS12_381G1.createCurve());
      return !BLS12_381SubgroupCheck.isInG1Subgroup(point)
          && !point.multiply(BLS12_381G1.ORDER).isInfinity();
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }
  }

  private static boolean isOutsideG2(byte[] encoded) {
    try {
      return !new P2_Affine(encoded).in_group();
    } catch (RuntimeException notOnTheCurve) {
      return false;
    }
  }
}
