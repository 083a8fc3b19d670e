package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.BulkDataStore;
import org.medseal.connectors.dicom.MemoryBulkData;

/**
 * Keeps short values and where in the file they stood; passes over all others. For one read by one
 * thread.
 */
final class PlacedValues implements BulkDataStore {
  private static final int LONGEST = 16 << 10;
  private static final long MOST_ON_HEAP = 32L << 20;

  private final IdentityHashMap<BulkData, Long> offsets = new IdentityHashMap<>();
  private long onHeap;
  private long here;

  /** Of its length only. */
  private record PassedOver(long lengthBytes) implements BulkData {
    @Override
    public InputStream open() throws IOException {
      throw new IOException("a value that was passed over cannot be read");
    }
  }

  @Override
  public Optional<BulkData> refer(long offset, long lengthBytes, int wordBytes) {
    here = offset;
    return lengthBytes > LONGEST || onHeap + lengthBytes > MOST_ON_HEAP
        ? Optional.of(new PassedOver(lengthBytes))
        : Optional.empty();
  }

  @Override
  public BulkData keep(InputStream value, long declaredBytes) throws IOException {
    MemoryBulkData kept =
        MemoryBulkData.of(value.readNBytes((int) Math.min(declaredBytes, LONGEST)));
    onHeap += kept.lengthBytes();
    if (kept.lengthBytes() > 0) {
      offsets.put(kept, here);
    }
    return kept;
  }

  /** Of the value's first byte in the file; empty for what has no bytes or was passed over. */
  OptionalLong offset(BulkData value) {
    Long offset = offsets.get(value);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
