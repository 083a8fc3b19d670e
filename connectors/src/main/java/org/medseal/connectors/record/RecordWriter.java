package org.medseal.connectors.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes a record's clear content without holding it. */
public final class RecordWriter {
  private static final int BUFFER_BYTES = 64 << 10;

  private RecordWriter() {}

  /** IOException unless the document has exactly that many bytes. */
  public static void write(
      RecordHead head, long contentBytes, InputStream document, OutputStream to)
      throws IOException {
    to.write(head.encode(contentBytes));
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, contentBytes + 1)];
    long written = 0;
    for (int count = document.read(buffer); count >= 0; count = document.read(buffer)) {
      written += count;
      if (written > contentBytes) {
        break;
      }
      to.write(buffer, 0, count);
    }
    if (written != contentBytes) {
      throw new IOException("the document is not of the " + contentBytes + " bytes it was to be");
    }
  }
}
