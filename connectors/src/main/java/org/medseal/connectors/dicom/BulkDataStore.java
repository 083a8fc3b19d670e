package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where the reader puts values: memory, or a spool for those too large for it. */
@FunctionalInterface
public interface BulkDataStore {
  /**
   * Must read {@code value} to its end, and must not allocate by {@code declaredBytes}, which the
   * sender chose.
   */
  BulkData keep(InputStream value, long declaredBytes) throws IOException;

  /**
   * Asked before {@link #keep}: a reference to a value that is left where it is, at this offset of
   * the source. Empty if the value is to be kept.
   *
   * @param wordBytes as {@link ReferredBulkData} has it
   */
  default Optional<BulkData> refer(long offset, long lengthBytes, int wordBytes) {
    return Optional.empty();
  }

  /** Keeps everything on the heap. */
  static BulkDataStore inMemory() {
    // Grows with what comes; a short value costs no buffer larger than itself.
    return (value, declaredBytes) ->
        MemoryBulkData.of(value.readNBytes((int) Math.min(declaredBytes, Integer.MAX_VALUE)));
  }
}
