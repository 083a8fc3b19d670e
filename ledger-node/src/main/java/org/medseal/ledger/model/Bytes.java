package org.medseal.ledger.model;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with value equality; prints as hexadecimal. */
public final class Bytes implements Comparable<Bytes> {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Copies; later changes of the array are not seen. */
  public static Bytes of(byte[] value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /** Copies that range. */
  public static Bytes of(byte[] value, int from, int to) {
    return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(value, from, to));
  }

  public static Bytes empty() {
    return EMPTY;
  }

  public static Bytes fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** A copy. */
  public byte[] toArray() {
    return value.clone();
  }

  /** Copies all of it into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  public int length() {
    return value.length;
  }

  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  /**
   * Throws IllegalArgumentException naming {@code what} unless this is exactly {@code length} bytes
   * long.
   */
  public Bytes requireLength(int length, String what) {
    if (value.length != length) {
      throw new IllegalArgumentException(
          what + " must be " + length + " bytes, is " + value.length);
    }
    return this;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return value.length <= 64 ? hex() : value.length + " bytes";
  }
}
