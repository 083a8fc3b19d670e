package org.medseal.ledger.journal;

import java.io.IOException;
import java.util.Arrays;

/** Small reads of a file from a window of it. */
final class ReadAhead {
  private final DiskFile file;
  private final long limit;
  private final int windowBytes;
  private byte[] window = new byte[0];
  private long start;

  ReadAhead(DiskFile file, long limit, int windowBytes) {
    this.file = file;
    this.limit = limit;
    this.windowBytes = windowBytes;
  }

  /** Bytes that lie below the limit. */
  byte[] bytes(long at, int length) throws IOException {
    if (at < start || at + length > start + window.length) {
      int size = (int) Math.min(limit - at, Math.max(length, windowBytes));
      window = new byte[size];
      start = at;
      file.read(at, window, 0, size);
    }
    int from = (int) (at - start);
    return Arrays.copyOfRange(window, from, from + length);
  }
}
