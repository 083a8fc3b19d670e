package org.medseal.connectors.folder;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.util.Iterator;

/**
 * Splits an HL7 v2 file into its messages while reading it: several messages after one another,
 * batches (FHS, BHS, BTS, FTS; HL7 v2.5.1 chapter 2.10.3), MLLP marks. What is no message, and a
 * batch whose count is wrong, comes as an item to be quarantined.
 */
public final class Hl7Files {
  private final int maxMessageBytes;

  public Hl7Files(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Closes the stream at its end; UncheckedIOException while iterating. */
  public Iterator<FileItem> split(InputStream file) {
    return new Hl7FileItems(new BufferedInputStream(file, 1 << 16), maxMessageBytes);
  }
}
