package org.medseal.connectors.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;

/** A message in memory; everything mutable is guarded by the store's lock. */
final class Entry {
  final Receival receival;

  /** Messages are worked on in this order: where the message first stood in the inbox journal. */
  final long order;

  /** Where it stands there now. */
  long position;

  /** False once only its head is kept. */
  boolean hasContent;

  final long sizeBytes;
  MessageState state;
  Optional<QuarantineReason> reason;
  Optional<String> place = Optional.empty();
  List<OutboxRecord> records = List.of();

  /** Frame that holds the newest sealed bytes, and their number; meaningless before. */
  long outboxPosition;

  long sealedBytes;

  /** Frame of the newest {@link Transition.Standing}; -1 if there is none. */
  long standingPosition = -1;

  /** Frame of the last change of state; -1 if there was none. */
  long lastPosition = -1;

  /** When it was finished; meaningless before. */
  long finishedAtMs;

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

  /** New, and where it first stands. */
  Entry(Receival receival, long position, long sizeBytes) {
    this(new InboxFrames.Head(receival, sizeBytes, position, true), position);
  }

  Entry(InboxFrames.Head head, long position) {
    this.receival = head.receival();
    this.order = head.order();
    this.position = position;
    this.hasContent = head.hasContent();
    this.sizeBytes = head.sizeBytes();
    this.reason = receival.defect();
    this.state = reason.isPresent() ? MessageState.QUARANTINED : MessageState.RECEIVED;
  }

  String id() {
    return receival.id();
  }

  boolean isFinished() {
    return state.isFinished();
  }

  /** Discarded as damaged: the same bytes, should they come again, are a new message. */
  boolean isDamaged() {
    return state == MessageState.DISCARDED
        && place.filter(DiscardReason.DAMAGED.name()::equals).isPresent();
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
        receival.conflict(),
        putBack);
  }
}
