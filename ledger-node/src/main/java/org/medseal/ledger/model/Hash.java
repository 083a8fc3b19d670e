package org.medseal.ledger.model;

/** A SHA-256 value, 32 bytes; also the id of a transaction or block. */
public record Hash(Bytes bytes) implements Comparable<Hash> {
  public static final int LENGTH = 32;
  public static final Hash ZERO = Hash.of(new byte[LENGTH]);

  public Hash {
    bytes.requireLength(LENGTH, "hash");
  }

  public static Hash of(byte[] value) {
    return new Hash(Bytes.of(value));
  }

  public static Hash fromHex(String hex) {
    return new Hash(Bytes.fromHex(hex));
  }

  public byte[] toArray() {
    return bytes.toArray();
  }

  public String hex() {
    return bytes.hex();
  }

  @Override
  public int compareTo(Hash other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
