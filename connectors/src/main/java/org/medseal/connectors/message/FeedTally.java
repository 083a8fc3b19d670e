package org.medseal.connectors.message;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * What a feed has brought since the store was opened, in messages.
 *
 * @param received stored, duplicates left out
 * @param quarantined by reason; one that is put back and kept back again counts again
 * @param lastReceived also of an earlier run, if one of its messages is still remembered
 */
public record FeedTally(
    long received,
    long duplicates,
    long committed,
    long notRecords,
    Map<QuarantineReason, Long> quarantined,
    Optional<Instant> lastReceived) {
  public FeedTally {
    Map<QuarantineReason, Long> sorted = new EnumMap<>(QuarantineReason.class);
    sorted.putAll(quarantined);
    quarantined = Collections.unmodifiableMap(sorted);
  }
}
