package org.medseal.connectors.message;

import java.time.Instant;
import java.util.Optional;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.table.KeyTable;

/**
 * A message in memory, as one object until something is done with it, for many may wait. Everything
 * mutable is guarded by the store's lock.
 */
final class Entry {
  /** Of all to which nothing has happened; never changed. */
  private static final Course UNTOUCHED = new Course();

  final FeedCount feed;
  final Format format;

  /** Messages are worked on in this order: where the message first stood in the inbox journal. */
  final long order;

  /** {@link Receival#lane}. */
  final long lane;

  final long receivedAtMs;
  final long sizeBytes;

  /** Another came before under the same control id. */
  final boolean conflict;

  /** Where it stands in the inbox now. */
  long position;

  /** False once only its head is kept. */
  boolean hasContent;

  MessageState state;

  /** In {@link EntryNumbers}. */
  int number;

  private final long idHigh;
  private final long idLow;
  private final long fingerprintHigh;
  private final long fingerprintLow;
  private final boolean hasControl;
  private final long controlHigh;
  private final long controlLow;
  private final String spooled; // empty for none
  private Course course = UNTOUCHED;

  Entry(FeedCount feed, InboxFrames.Head head, long position) {
    Receival receival = head.receival();
    MessageId id = MessageId.of(receival.id());
    KeyTable.Key fingerprint = KeyTable.Key.of(receival.fingerprint());
    Optional<KeyTable.Key> control = receival.controlKey().map(KeyTable.Key::of);
    this.feed = feed;
    this.format = receival.format();
    this.order = head.order();
    this.lane = receival.lane();
    this.receivedAtMs = receival.receivedAtMs();
    this.sizeBytes = head.sizeBytes();
    this.conflict = receival.conflict();
    this.position = position;
    this.hasContent = head.hasContent();
    this.idHigh = id.high();
    this.idLow = id.low();
    this.fingerprintHigh = fingerprint.high();
    this.fingerprintLow = fingerprint.low();
    this.hasControl = control.isPresent();
    this.controlHigh = control.map(KeyTable.Key::high).orElse(0L);
    this.controlLow = control.map(KeyTable.Key::low).orElse(0L);
    this.spooled = receival.spooled().orElse("");
    this.state = receival.defect().isPresent() ? MessageState.QUARANTINED : MessageState.RECEIVED;
    receival.defect().ifPresent(defect -> change().reason = Optional.of(defect));
  }

  String id() {
    return messageId().toString();
  }

  MessageId messageId() {
    return new MessageId(idHigh, idLow);
  }

  KeyTable.Key fingerprint() {
    return new KeyTable.Key(fingerprintHigh, fingerprintLow);
  }

  Optional<KeyTable.Key> control() {
    return hasControl ? Optional.of(new KeyTable.Key(controlHigh, controlLow)) : Optional.empty();
  }

  /** Name of the file that holds the content, where the journal does not. */
  Optional<String> spooled() {
    return spooled.isEmpty() ? Optional.empty() : Optional.of(spooled);
  }

  /** To be looked at only. */
  Course course() {
    return course;
  }

  /** To be changed. */
  Course change() {
    if (course == UNTOUCHED) {
      course = new Course();
    }
    return course;
  }

  boolean isUntouched() {
    return course == UNTOUCHED;
  }

  boolean isFinished() {
    return state.isFinished();
  }

  /** Discarded as damaged: the same bytes, should they come again, are a new message. */
  boolean isDamaged() {
    return state == MessageState.DISCARDED
        && course.place.filter(DiscardReason.DAMAGED.name()::equals).isPresent();
  }

  MessageView view() {
    return new MessageView(
        id(),
        feed.name(),
        format,
        state,
        Instant.ofEpochMilli(receivedAtMs),
        course.reason,
        course.place,
        course.records.stream()
            .filter(r -> !r.retired())
            .map(
                r ->
                    new MessageRecord(
                        r.txId().hex(),
                        r.isCommitted() ? Optional.of(r.height()) : Optional.empty()))
            .toList(),
        conflict,
        course.putBack);
  }
}
