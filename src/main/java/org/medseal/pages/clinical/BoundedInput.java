package org.medseal.pages.clinical;

import java.io.IOException;
import java.io.InputStream;
import org.medseal.connectors.content.BlockInput;

/** Ends after so many bytes; closing it leaves the stream below open. */
final class BoundedInput extends BlockInput {
  private final InputStream in;
  private int left;

  BoundedInput(InputStream in, int mostBytes) {
    this.in = in;
    this.left = mostBytes;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (left == 0 || length == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = in.read(to, offset, Math.min(left, length));
    left -= Math.max(0, count);
    return count;
  }
}
