package org.medseal.connectors.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.model.Hash;

/** What has been done with a message so far. Guarded by the store's lock. */
final class Course {
  Optional<QuarantineReason> reason = Optional.empty();
  Optional<String> place = Optional.empty();
  List<OutboxRecord> records = List.of();

  /** Frame that holds the newest sealed bytes, and their number; meaningless before. */
  long outboxPosition;

  long sealedBytes;

  /** Frames of records that were committed before the newest were sealed. */
  Map<Hash, Long> earlierPositions = Map.of();

  /** Frame of the newest {@link Transition.Standing}; -1 if there is none. */
  long standingPosition = -1;

  /** Frame of the last change of state; -1 if there was none. */
  long lastPosition = -1;

  /** When it was finished; meaningless before. */
  long finishedAtMs;

  /** Finished messages are forgotten in this order. */
  long finishedTurn;

  /** Set while SEALED is being made durable. */
  boolean moving;

  long leaseToken;
  long leasedUntilMs;
  long notBeforeMs = Long.MIN_VALUE;
  int attempts;

  /** Attempts that failed for a reason time will not mend. */
  int failures;

  /** By hand, long after its turn. */
  boolean putBack;

  /** Where the sealed bytes of one of its records stand. */
  long positionOf(Hash txId) {
    return earlierPositions.getOrDefault(txId, outboxPosition);
  }
}
