package org.medseal.connectors.dicom;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** A value on the heap. Equal by content. */
public final class MemoryBulkData implements BulkData {
  private static final MemoryBulkData EMPTY = new MemoryBulkData(new byte[0]);

  private final byte[] bytes;

  private MemoryBulkData(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: do not change it afterwards. */
  public static MemoryBulkData of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new MemoryBulkData(bytes);
  }

  byte[] shared() {
    return bytes;
  }

  @Override
  public long lengthBytes() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryBulkData that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Length only: a value may name a patient. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
