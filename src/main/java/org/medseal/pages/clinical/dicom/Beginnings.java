package org.medseal.pages.clinical.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.BulkDataStore;

/** Keeps what a page may show of each value, its beginning, and of all of them so much together. */
final class Beginnings implements BulkDataStore {
  private static final int MOST_OF_ONE = 16 << 10;
  private static final int MOST_OF_ALL = 8 << 20;
  private static final int PART = 8 << 10;

  private int left = MOST_OF_ALL;

  @Override
  public BulkData keep(InputStream value, long declaredBytes) throws IOException {
    byte[] beginning = value.readNBytes((int) Math.min(declaredBytes, Math.min(left, MOST_OF_ONE)));
    left -= beginning.length;
    long length = beginning.length;
    byte[] rest = new byte[(int) Math.min(declaredBytes - length, PART)];
    for (int count = 0; rest.length > 0 && count >= 0; count = value.read(rest)) {
      length += count;
    }
    return new Beginning(beginning, length);
  }

  /** Of that length, though only its beginning can be read. */
  private static final class Beginning implements BulkData {
    private final byte[] bytes;
    private final long lengthBytes;

    Beginning(byte[] bytes, long lengthBytes) {
      this.bytes = bytes;
      this.lengthBytes = lengthBytes;
    }

    @Override
    public long lengthBytes() {
      return lengthBytes;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
      return lengthBytes + " bytes";
    }
  }
}
