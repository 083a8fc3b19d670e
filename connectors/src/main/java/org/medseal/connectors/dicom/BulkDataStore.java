package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;

/** Where the reader puts values: memory, or a spool for those too large for it. */
@FunctionalInterface
public interface BulkDataStore {
  /**
   * Must read {@code value} to its end, and must not allocate by {@code declaredBytes}, which the
   * sender chose.
   */
  BulkData keep(InputStream value, long declaredBytes) throws IOException;

  /** Keeps everything on the heap. */
  static BulkDataStore inMemory() {
    return (value, declaredBytes) -> MemoryBulkData.of(value.readAllBytes());
  }
}
