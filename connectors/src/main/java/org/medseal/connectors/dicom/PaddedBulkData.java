package org.medseal.connectors.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** A value of odd length with the byte that makes it even (PS3.5 section 7.1.1). */
record PaddedBulkData(BulkData value, byte padding) implements BulkData {
  static BulkData of(BulkData value, byte padding) {
    if (!(value instanceof MemoryBulkData memory)) {
      return new PaddedBulkData(value, padding);
    }
    byte[] bytes = memory.shared();
    byte[] even = Arrays.copyOf(bytes, bytes.length + 1);
    even[bytes.length] = padding;
    return MemoryBulkData.of(even);
  }

  @Override
  public long lengthBytes() {
    return value.lengthBytes() + 1;
  }

  @Override
  public InputStream open() throws IOException {
    return new SequenceInputStream(value.open(), new ByteArrayInputStream(new byte[] {padding}));
  }
}
