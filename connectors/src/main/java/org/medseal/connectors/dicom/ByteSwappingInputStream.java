package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns each word round: big endian to little and back. A rest shorter than a word stays as it is.
 */
final class ByteSwappingInputStream extends InputStream {
  private static final int LONGEST_CHUNK = 8192;
  private static final int LONGEST_WORD = 8;

  private final InputStream in;
  private final int wordBytes;
  private final int chunkBytes;
  private byte[] chunk = new byte[0];
  private int next;

  /** {@code lengthBytes} is what is expected: a short value gets a short buffer. */
  ByteSwappingInputStream(InputStream in, int wordBytes, long lengthBytes) {
    this.in = in;
    this.chunkBytes =
        lengthBytes >= LONGEST_CHUNK
            ? LONGEST_CHUNK
            : (int) (lengthBytes / LONGEST_WORD + 1) * LONGEST_WORD;
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
    chunk = in.readNBytes(chunkBytes);
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
