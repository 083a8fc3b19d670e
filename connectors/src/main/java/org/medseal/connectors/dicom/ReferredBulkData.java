package org.medseal.connectors.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.medseal.connectors.content.BlockInput;

/**
 * A value that stays where it was read from.
 *
 * @param wordBytes bytes that change places, where the source is big endian; else 1
 */
record ReferredBulkData(Source source, long offset, long lengthBytes, int wordBytes)
    implements BulkData {
  @Override
  public InputStream open() throws IOException {
    InputStream part = new Part(source.open(offset), lengthBytes);
    return wordBytes > 1 ? new ByteSwappingInputStream(part, wordBytes, lengthBytes) : part;
  }

  @Override
  public String toString() {
    return lengthBytes + " bytes elsewhere";
  }

  /** So many bytes; EOFException where the source no longer has them. */
  private static final class Part extends BlockInput {
    private final InputStream in;
    private long left;

    Part(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      if (left == 0 || length == 0) {
        return left == 0 ? -1 : 0;
      }
      int count = in.read(to, from, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("a value is no longer where it was read");
      }
      left -= count;
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.max(0, Math.min(count, left)));
      left -= skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
