package org.medseal.connectors.dicomnet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Puts a zero behind an odd number of bytes. */
final class EvenStream extends FilterInputStream {
  private boolean odd;

  EvenStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next < 0 && odd) {
      odd = false;
      return 0;
    }
    odd ^= next >= 0;
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count < 0 && odd && length > 0) {
      odd = false;
      into[offset] = 0;
      return 1;
    }
    odd ^= count > 0 && (count & 1) == 1;
    return count;
  }
}
