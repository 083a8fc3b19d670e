package org.medseal.crypto.bls;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.medseal.crypto.CryptoException;
import supranational.blst.Scalar;

/**
 * A scalar modulo r, the order of BLS12-381's groups; 32 bytes big-endian. Immutable and
 * thread-safe. {@code toString} shows nothing: it may be secret.
 */
public final class Fr {
  public static final int LENGTH = 32;
  private static final int WIDE = 64;
  private static final byte[] ORDER =
      HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

  public static final Fr ZERO = new Fr(new Scalar());

  /** Never changed after construction and never handed out. */
  private final Scalar scalar;

  private Fr(Scalar owned) {
    this.scalar = owned;
  }

  /** MALFORMED unless 32 bytes below r: the library would silently reduce them. */
  public static Fr fromBytes(byte[] be32) {
    if (be32.length != LENGTH || Arrays.compareUnsigned(be32, ORDER) >= 0) {
      throw new CryptoException(
          CryptoException.Reason.MALFORMED, "not a scalar of 32 bytes below the group order");
    }
    return new Fr(new Scalar().from_bendian(be32));
  }

  /** 64 uniform bytes modulo r; the bias is below 2^-256. */
  public static Fr reduce(byte[] wide64) {
    if (wide64.length != WIDE) {
      throw new IllegalArgumentException("scalars are reduced from 64 bytes");
    }
    return new Fr(new Scalar().from_bendian(wide64));
  }

  /** Uniform and not zero. */
  public static Fr random(SecureRandom random) {
    byte[] wide = new byte[WIDE];
    Fr value;
    do {
      random.nextBytes(wide);
      value = reduce(wide);
    } while (value.isZero());
    Arrays.fill(wide, (byte) 0);
    return value;
  }

  public byte[] bytes() {
    return scalar.to_bendian();
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  public Fr plus(Fr other) {
    try {
      return new Fr(scalar.dup().add(other.scalar));
    } catch (RuntimeException resultIsZero) {
      return ZERO; // the binding's only failure here
    }
  }

  public Fr minus(Fr other) {
    try {
      return new Fr(scalar.dup().sub(other.scalar));
    } catch (RuntimeException resultIsZero) {
      return ZERO; // the binding's only failure here
    }
  }

  public Fr times(Fr other) {
    try {
      return new Fr(scalar.dup().mul(other.scalar));
    } catch (RuntimeException resultIsZero) {
      return ZERO; // the binding's only failure here
    }
  }

  public Fr negate() {
    return ZERO.minus(this);
  }

  public Fr inverse() {
    if (isZero()) {
      throw new ArithmeticException("zero has no inverse");
    }
    return new Fr(scalar.dup().inverse());
  }

  Scalar scalar() {
    return scalar;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fr fr && MessageDigest.isEqual(bytes(), fr.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "Fr";
  }
}
