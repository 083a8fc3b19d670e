package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Keeps short values on the heap, up to a bound for all of them together, and refers to the source
 * for the others. For one read by one thread.
 */
final class ReferringStore implements BulkDataStore {
  /** Longer values stay in the source. */
  static final int LONGEST_ON_HEAP = 16 << 10;

  private static final long MOST_ON_HEAP = 32L << 20;

  private final Source source;
  private long onHeap;

  ReferringStore(Source source) {
    this.source = source;
  }

  @Override
  public Optional<BulkData> refer(long offset, long lengthBytes, int wordBytes) {
    return lengthBytes > LONGEST_ON_HEAP || onHeap + lengthBytes > MOST_ON_HEAP
        ? Optional.of(new ReferredBulkData(source, offset, lengthBytes, wordBytes))
        : Optional.empty();
  }

  @Override
  public BulkData keep(InputStream value, long declaredBytes) throws IOException {
    MemoryBulkData kept =
        MemoryBulkData.of(value.readNBytes((int) Math.min(declaredBytes, LONGEST_ON_HEAP)));
    onHeap += kept.lengthBytes();
    return kept;
  }
}
