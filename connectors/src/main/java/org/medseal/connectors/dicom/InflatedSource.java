package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.content.Content;

/**
 * What a deflated data set inflates to, read where it is wanted. Going on is cheap, going back
 * inflates anew from the start, and only so often: a data set whose values lie in disorder cannot
 * make it quadratic. One stream at a time; not thread-safe.
 */
final class InflatedSource implements Source {
  private static final int MOST_RESTARTS = 64;

  private final Content source;
  private final long start;
  private InputStream inflated = InputStream.nullInputStream();
  private Inflater inflater = new Inflater(true);
  private long position = Long.MAX_VALUE;
  private int restarts;

  /** The deflated stream begins at {@code start} of the source. */
  InflatedSource(Content source, long start) {
    this.source = source;
    this.start = start;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    if (offset < position) {
      restart();
    }
    inflated.skipNBytes(offset - position);
    position = offset;
    return new Cursor();
  }

  private void restart() throws IOException {
    if (++restarts > MOST_RESTARTS) {
      throw new DicomException(
          DicomException.Reason.TOO_LARGE, "large values of a deflated data set in disorder");
    }
    release();
    inflater = new Inflater(true);
    inflated = new InflaterInputStream(source.open(start), inflater, 1 << 16);
    position = 0;
  }

  private void release() throws IOException {
    inflated.close();
    inflater.end();
  }

  private final class Cursor extends BlockInput {
    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = inflated.read(to, offset, length);
      position += Math.max(0, count);
      return count;
    }
  }
}
