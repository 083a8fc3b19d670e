package org.medseal.connectors.message;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;

/** Counts for a {@link FeedTally}. Guarded by the store's lock. */
final class FeedCount {
  private final String name;
  private final Map<QuarantineReason, Long> quarantined = new EnumMap<>(QuarantineReason.class);
  private long received;
  private long duplicates;
  private long committed;
  private long notRecords;
  private long lastReceivedMs = Long.MIN_VALUE;

  FeedCount(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void received(Entry entry) {
    received++;
    seen(entry);
    entry.course().reason.ifPresent(reason -> quarantined.merge(reason, 1L, Long::sum));
  }

  /** Of an earlier run. */
  void seen(Entry entry) {
    lastReceivedMs = Math.max(lastReceivedMs, entry.receivedAtMs);
  }

  /** It was sent just now, even if it was known. */
  void duplicate(long nowMs) {
    duplicates++;
    lastReceivedMs = Math.max(lastReceivedMs, nowMs);
  }

  void moved(Entry entry) {
    switch (entry.state) {
      case COMMITTED -> committed++;
      case NOT_A_RECORD -> notRecords++;
      case QUARANTINED ->
          entry.course().reason.ifPresent(reason -> quarantined.merge(reason, 1L, Long::sum));
      case RECEIVED, SEALED, SUBMITTED, FAILED, DISCARDED -> {}
    }
  }

  FeedTally tally() {
    return new FeedTally(
        received,
        duplicates,
        committed,
        notRecords,
        quarantined,
        lastReceivedMs == Long.MIN_VALUE
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(lastReceivedMs)));
  }
}
