package org.medseal.connectors.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;

/** A message in memory; everything mutable is guarded by the store's lock. */
final class Entry {
  final Receival receival;

  /** Where the message stands in the inbox journal; messages are worked on in this order. */
  final long position;

  final long sizeBytes;
  MessageState state;
  Optional<QuarantineReason> reason;
  Optional<String> place = Optional.empty();
  List<OutboxRecord> records = List.of();

  /** Frame that holds the newest sealed bytes; meaningless before. */
  long outboxPosition;

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

  Entry(Receival receival, long position, long sizeBytes) {
    this.receival = receival;
    this.position = position;
    this.sizeBytes = sizeBytes;
    this.reason = receival.defect();
    this.state = reason.isPresent() ? MessageState.QUARANTINED : MessageState.RECEIVED;
  }

  String id() {
    return receival.id();
  }

  boolean isFinished() {
    return state.isFinished();
  }

  MessageView view() {
    return new MessageView(
        receival.id(),
        receival.feed(),
        receival.format(),
        state,
        Instant.ofEpochMilli(receival.receivedAtMs()),
        reason,
        place,
        records.stream()
            .filter(r -> !r.retired())
            .map(
                r ->
                    new MessageRecord(
                        r.txId().hex(),
                        r.isCommitted() ? Optional.of(r.height()) : Optional.empty()))
            .toList(),
        receival.conflict());
  }
}
