package org.medseal.ledger.api;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an institution's home takes on disk, in bytes.
 *
 * @param parts by folder of the home; the ledger's own folders one by one
 * @param free left on the volume
 * @param forecast empty while there is too little to judge by
 */
public record DiskUse(Map<String, Long> parts, long free, Optional<Forecast> forecast) {
  public DiskUse {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
  }

  public long total() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * By the blocks of the last days; all else is taken to grow as the blocks do.
   *
   * @param overDays days of block time it rests on, at least a part of one
   * @param bytesPerDay of the whole home
   * @param daysUntilFull whole days; {@link Long#MAX_VALUE} if nothing grows
   */
  public record Forecast(double overDays, long bytesPerDay, long daysUntilFull) {}
}
