package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns each word round: big endian to little and back. A rest shorter than a word stays as it is.
 */
final class ByteSwappingInputStream extends InputStream {
  private static final int CHUNK_BYTES = 8192;

  private final InputStream in;
  private final int wordBytes;
  private byte[] chunk = new byte[0];
  private int next;

  ByteSwappingInputStream(InputStream in, int wordBytes) {
    this.in = in;
    this.wordBytes = wordBytes;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - next);
    System.arraycopy(chunk, next, to, offset, count);
    next += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (next < chunk.length) {
      return true;
    }
    chunk = in.readNBytes(CHUNK_BYTES);
    next = 0;
    for (int word = 0; word + wordBytes <= chunk.length; word += wordBytes) {
      for (int low = word, high = word + wordBytes - 1; low < high; low++, high--) {
        byte kept = chunk[low];
        chunk[low] = chunk[high];
        chunk[high] = kept;
      }
    }
    return chunk.length > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
