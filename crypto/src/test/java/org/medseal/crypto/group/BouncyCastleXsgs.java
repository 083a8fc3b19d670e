package org.medseal.crypto.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.crypto.bls.BLS12_381G2;
import org.bouncycastle.crypto.bls.BLS12_381G2Point;
import org.bouncycastle.crypto.bls.BLS12_381Pairing;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.bouncycastle.crypto.bls.BLS12_381SubgroupCheck;
import org.bouncycastle.crypto.bls.Fp12Element;
import org.bouncycastle.crypto.bls.Fp2Element;
import org.bouncycastle.crypto.bls.Fp6Element;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * XSGS verification written a second time, on Bouncy Castle's pure Java BLS12-381, from the
 * encodings alone. Shares no code with the module.
 */
final class BouncyCastleXsgs {
  private static final ECCurve CURVE = BLS12_381G1.createCurve();
  private static final BigInteger R = BLS12_381G1.ORDER;
  private static final ECPoint P1 =
      point(
          HexFormat.of()
              .parseHex(
                  "af8c0bf2ab0f0bdde309933dbe4b91db215bda1e86653bea7dda236e3f25491007cf5450b446f17da47163ae9d6e6f5f"));
  private static final ECPoint K =
      point(
          HexFormat.of()
              .parseHex(
                  "a4f530f76773dbb1283c80d1a7e3aa7ddb22a4e248073629a84ff648239eb109398e890952053abeb9e538653a72f342"));
  private static final BLS12_381G2Point P2 = BLS12_381G2.getGenerator();

  private final byte[] chainId;
  private final ECPoint h;
  private final ECPoint g;
  private final BLS12_381G2Point w;
  private final byte[] epoch;

  BouncyCastleXsgs(byte[] gpk) {
    ByteBuffer in = ByteBuffer.wrap(gpk, 5, gpk.length - 5);
    this.chainId = take(in, in.getShort());
    this.h = point(take(in, 48));
    this.g = point(take(in, 48));
    take(in, 128);
    this.epoch = take(in, 4);
    this.w = BLS12_381Serialization.decompressG2(take(in, 96));
  }

  boolean verify(byte[] message, byte[] signature) {
    if (signature.length != 352) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(signature);
    ECPoint[] t = new ECPoint[4];
    BigInteger[] s = new BigInteger[5];
    try {
      for (int i = 0; i < 4; i++) {
        t[i] = point(take(in, 48));
      }
    } catch (IllegalArgumentException notAPoint) {
      return false;
    }
    for (int i = 0; i < 5; i++) {
      s[i] = new BigInteger(1, take(in, 32));
      if (s[i].compareTo(R) >= 0) {
        return false;
      }
    }
    return s[0].equals(challenge(t, s, message));
  }

  private BigInteger challenge(ECPoint[] t, BigInteger[] s, byte[] message) {
    BigInteger c = s[0];
    ECPoint r1 = K.multiply(s[1]).subtract(t[0].multiply(c));
    ECPoint left = t[1].multiply(s[3]).subtract(h.multiply(s[4])).subtract(P1.multiply(c));
    ECPoint right = t[1].multiply(c).subtract(h.multiply(s[1]));
    Fp12Element r2 =
        BLS12_381Pairing.multiPair(
            new ECPoint[] {left.normalize(), right.normalize()}, new BLS12_381G2Point[] {P2, w});
    ECPoint r3 = K.multiply(s[2]).subtract(t[2].multiply(c));
    ECPoint r4 =
        h.multiply(s[1]).subtract(g.multiply(s[2])).subtract(t[1].subtract(t[3]).multiply(c));
    byte[] hash =
        hash(
            "SHA-512",
            prefixed("MEDSEAL-XSGS-V1|SIG".getBytes(UTF_8)),
            prefixed(gpkHash()),
            prefixed(bytes(t[0])),
            prefixed(bytes(t[1])),
            prefixed(bytes(t[2])),
            prefixed(bytes(t[3])),
            prefixed(bytes(r1)),
            prefixed(bytes(r2)),
            prefixed(bytes(r3)),
            prefixed(bytes(r4)),
            prefixed(message));
    return new BigInteger(1, hash).mod(R);
  }

  private byte[] gpkHash() {
    return hash(
        "SHA-256",
        prefixed("MEDSEAL-XSGS-V1|GPK".getBytes(UTF_8)),
        prefixed(chainId),
        prefixed(bytes(P1)),
        prefixed(BLS12_381Serialization.compressG2(P2)),
        prefixed(bytes(K)),
        prefixed(bytes(h)),
        prefixed(bytes(g)),
        prefixed(BLS12_381Serialization.compressG2(w)),
        prefixed(epoch));
  }

  private static ECPoint point(byte[] compressed) {
    ECPoint point = BLS12_381Serialization.decompressG1(compressed, CURVE);
    if (point.isInfinity()
        || !BLS12_381SubgroupCheck.isInG1Subgroup(point)
        || !Arrays.equals(bytes(point), compressed)) {
      throw new IllegalArgumentException("not a point of G1");
    }
    return point;
  }

  private static byte[] bytes(ECPoint point) {
    return BLS12_381Serialization.compressG1(point.normalize());
  }

  /** blst's pairing is the cube of this one, written w^0, w^1, v·w^0, v·w^1, v²·w^0, v²·w^1. */
  private static byte[] bytes(Fp12Element pairing) {
    Fp12Element cube = pairing.square().mul(pairing);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      for (Fp6Element half : new Fp6Element[] {cube.c0(), cube.c1()}) {
        Fp2Element coefficient = i == 0 ? half.c0() : i == 1 ? half.c1() : half.c2();
        out.writeBytes(bytes(coefficient.c0()));
        out.writeBytes(bytes(coefficient.c1()));
      }
    }
    return out.toByteArray();
  }

  private static byte[] bytes(BigInteger field) {
    byte[] wide = field.add(BigInteger.ONE.shiftLeft(8 * 48)).toByteArray();
    return Arrays.copyOfRange(wide, wide.length - 48, wide.length);
  }

  private static byte[] prefixed(byte[] part) {
    return ByteBuffer.allocate(8 + part.length).putLong(part.length).put(part).array();
  }

  private static byte[] hash(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
