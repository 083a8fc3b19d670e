package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of a value, little endian words, held in memory or somewhere else. May be opened many
 * times.
 */
public interface BulkData {
  /** In bytes; as read, so possibly odd. */
  long lengthBytes();

  InputStream open() throws IOException;
}
