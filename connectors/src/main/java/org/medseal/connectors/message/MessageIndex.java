package org.medseal.connectors.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.connectors.message.Transition.Committed;
import org.medseal.connectors.message.Transition.Counted;
import org.medseal.connectors.message.Transition.Discarded;
import org.medseal.connectors.message.Transition.Failed;
import org.medseal.connectors.message.Transition.Forgotten;
import org.medseal.connectors.message.Transition.NotARecord;
import org.medseal.connectors.message.Transition.Quarantined;
import org.medseal.connectors.message.Transition.ReceivedAgain;
import org.medseal.connectors.message.Transition.Sealed;
import org.medseal.connectors.message.Transition.Standing;
import org.medseal.connectors.message.Transition.Submitted;
import org.medseal.ledger.model.Hash;

/**
 * What the journals say, in memory: live and at replay the same transitions are applied. Guarded by
 * the store's lock.
 */
final class MessageIndex {
  private final OrderedEntries byId = new OrderedEntries(Comparator.comparing(Entry::messageId));
  private final OrderedEntries pending = OrderedEntries.byOrder();
  private final OrderedEntries finished =
      new OrderedEntries(Comparator.comparingLong(entry -> entry.course().finishedTurn));
  private final EntryKeys keys = new EntryKeys();
  private final Sequences sequences = new Sequences();
  private final Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
  private final Map<String, FeedCount> feeds = new HashMap<>();
  private final WorkQueue work = new WorkQueue();
  private final int finishedKept;
  private final Fingerprints forgotten;
  private boolean replaying = true;
  private int open;
  private long openBytes;
  private long finishedTurns;

  /** Where a transaction's bytes stand in the outbox. */
  record InOutbox(Entry entry, long position) {}

  MessageIndex(MessageLimits limits) {
    finishedKept = limits.finishedKept();
    forgotten = new Fingerprints(limits.duplicatesKept());
  }

  /** One that is not known; {@code position} is where it stands in the inbox. */
  void received(InboxFrames.Head head, long position) {
    Entry entry = new Entry(feed(head.receival().feed()), head, position);
    byId.add(entry);
    keys.add(entry);
    count(entry.state, 1);
    entered(entry);
    if (replaying) {
      entry.feed.seen(entry);
    } else {
      entry.feed.received(entry);
    }
  }

  /** The same bytes are a new message when they come again. */
  void disown(Entry entry) {
    keys.disown(entry);
  }

  /** What is counted of a feed; made at its first mention. */
  FeedCount feed(String name) {
    return feeds.computeIfAbsent(name, FeedCount::new);
  }

  SortedMap<String, FeedTally> tallies() {
    SortedMap<String, FeedTally> all = new TreeMap<>();
    feeds.forEach((name, count) -> all.put(name, count.tally()));
    return all;
  }

  /** All that the journals say has been told: what is finished is forgotten as it comes to be. */
  void replayed() {
    replaying = false;
    finished.clear();
    byId.stream()
        .filter(Entry::isFinished)
        .sorted(Comparator.comparingLong(entry -> entry.course().finishedAtMs))
        .forEach(this::finish);
    forgetOldest();
  }

  /** Ignores a message that is no longer kept. */
  void apply(Transition transition, long position) {
    if (transition instanceof Counted counted) {
      counted.sequences().forEach(sequences::reached);
      return;
    }
    if (transition instanceof Forgotten forgotten) {
      forgotten.ids().stream().map(this::find).flatMap(Optional::stream).forEach(this::forget);
      return;
    }
    if (transition instanceof Sealed sealed) {
      sealed.parts().forEach(p -> sequences.reached(p.patientKey(), p.sequence()));
    }
    find(transition.messageId()).ifPresent(entry -> apply(transition, entry, position));
  }

  private void apply(Transition transition, Entry entry, long position) {
    Course course = entry.change();
    course.lastPosition = position;
    if (transition instanceof Quarantined q) {
      course.reason = Optional.of(q.reason());
      course.place = Optional.of(q.place());
      move(entry, MessageState.QUARANTINED);
    } else if (transition instanceof NotARecord n) {
      course.place = Optional.of(n.kind());
      course.finishedAtMs = n.atMs();
      move(entry, MessageState.NOT_A_RECORD);
    } else if (transition instanceof Discarded d) {
      course.place = Optional.of(d.reason().name());
      course.finishedAtMs = d.atMs();
      move(entry, MessageState.DISCARDED);
      disownDamaged(entry);
    } else if (transition instanceof Sealed s) {
      seal(entry, s, position);
    } else if (transition instanceof Submitted) {
      move(entry, MessageState.SUBMITTED);
    } else if (transition instanceof Committed c) {
      commit(entry, c);
    } else if (transition instanceof Failed f) {
      course.place = Optional.of(f.rule());
      move(entry, MessageState.FAILED);
    } else if (transition instanceof ReceivedAgain again) {
      receiveAgain(entry, again);
    } else if (transition instanceof Standing standing) {
      stand(entry, standing, position);
    }
  }

  private void stand(Entry entry, Standing standing, long position) {
    Course course = entry.change();
    course.records.forEach(r -> keys.removeTransaction(r.txId(), entry));
    left(entry);
    count(entry.state, -1);
    entry.state = standing.state();
    course.reason = standing.reason();
    course.place = standing.place();
    course.records = standing.records();
    course.putBack = standing.putBack();
    course.finishedAtMs = standing.finishedAtMs();
    course.standingPosition = position;
    course.earlierPositions = Map.of();
    if (!standing.parts().isEmpty()) {
      course.outboxPosition = position;
      course.sealedBytes = SealedPart.sizeBytes(standing.parts());
    }
    course.records.forEach(r -> keys.addTransaction(r.txId(), entry));
    count(entry.state, 1);
    entered(entry);
    disownDamaged(entry);
  }

  /** Should its source have it after all, it is taken as a new message. */
  private void disownDamaged(Entry entry) {
    if (entry.isDamaged()) {
      disown(entry);
    }
  }

  /** What is known of the message now stands there; its sealed bytes too, if there are any. */
  void carried(Entry entry, long position, boolean withParts) {
    Course course = entry.change();
    course.standingPosition = position;
    course.lastPosition = position;
    if (withParts) {
      course.outboxPosition = position;
      course.earlierPositions = Map.of();
    }
  }

  private void seal(Entry entry, Sealed sealed, long position) {
    Course course = entry.change();
    List<OutboxRecord> records = new ArrayList<>();
    Map<Hash, Long> earlierPositions = new HashMap<>();
    for (OutboxRecord old : course.records) {
      if (old.isCommitted()) {
        records.add(old);
        earlierPositions.put(old.txId(), course.positionOf(old.txId()));
      } else {
        keys.removeTransaction(old.txId(), entry);
      }
    }
    sealed.parts().stream().map(Transition::outboxRecord).forEach(records::add);
    sealed.parts().forEach(p -> keys.addTransaction(p.transaction().id(), entry));
    course.records = List.copyOf(records);
    course.outboxPosition = position;
    course.earlierPositions = Map.copyOf(earlierPositions);
    course.sealedBytes = SealedPart.sizeBytes(sealed.parts());
    course.place = Optional.empty();
    course.reason = Optional.empty();
    move(entry, MessageState.SEALED);
    if (records.stream().allMatch(OutboxRecord::isCommitted)) {
      move(entry, MessageState.COMMITTED);
    }
  }

  private void commit(Entry entry, Committed c) {
    Course course = entry.change();
    course.records =
        course.records.stream()
            .map(r -> r.txId().equals(c.txId()) ? r.committedAt(c.height()) : r)
            .toList();
    course.finishedAtMs = c.atMs();
    if (!course.records.isEmpty() && course.records.stream().allMatch(OutboxRecord::isCommitted)) {
      move(entry, MessageState.COMMITTED);
    }
  }

  private void receiveAgain(Entry entry, ReceivedAgain again) {
    Course course = entry.change();
    if (again.retire()) {
      course.records = course.records.stream().map(OutboxRecord::retire).toList();
    }
    course.reason = Optional.empty();
    course.place = Optional.empty();
    course.putBack |= !again.retire();
    course.attempts = 0;
    course.failures = 0;
    course.notBeforeMs = Long.MIN_VALUE;
    move(entry, MessageState.RECEIVED);
  }

  private void move(Entry entry, MessageState to) {
    if (entry.state == to) {
      return;
    }
    left(entry);
    count(entry.state, -1);
    entry.state = to;
    count(to, 1);
    entered(entry);
    if (!replaying) {
      entry.feed.moved(entry);
    }
  }

  private void entered(Entry entry) {
    if (entry.state.isOpen()) {
      open++;
      openBytes += entry.sizeBytes;
    }
    if (entry.state == MessageState.RECEIVED) {
      work.add(entry);
    }
    if (entry.state.isPending()) {
      pending.add(entry);
    }
    if (entry.isFinished() && !replaying) {
      finish(entry);
      forgetOldest();
    }
  }

  private void finish(Entry entry) {
    entry.change().finishedTurn = ++finishedTurns;
    finished.add(entry);
  }

  private void forgetOldest() {
    while (finished.size() > finishedKept) {
      forget(finished.all().iterator().next());
    }
  }

  private void left(Entry entry) {
    if (entry.state.isOpen()) {
      open--;
      openBytes -= entry.sizeBytes;
    }
    if (entry.state == MessageState.RECEIVED) {
      work.remove(entry);
    }
    if (entry.state.isPending()) {
      pending.remove(entry);
    }
    if (entry.isFinished()) {
      finished.remove(entry);
    }
  }

  private void forget(Entry entry) {
    left(entry);
    byId.remove(entry);
    boolean known = keys.isKnown(entry); // else another took its bytes over, or they may come again
    keys.remove(entry);
    count(entry.state, -1);
    long finishedAtMs = Math.max(entry.course().finishedAtMs, entry.receivedAtMs);
    if (known) {
      forgotten.add(entry.fingerprint(), Fingerprints.minute(finishedAtMs));
    }
  }

  /** Whether its bytes came again as a newer message, which may be forgotten already. */
  boolean isReplaced(Entry entry) {
    return keys.isReplaced(entry) || forgotten.has(entry.fingerprint());
  }

  /** Fingerprints of messages that were finished and are no longer in here. */
  Fingerprints forgotten() {
    return forgotten;
  }

  private void count(MessageState state, long change) {
    counts.merge(state, change, Long::sum);
  }

  Optional<Entry> find(String id) {
    return MessageId.find(id).flatMap(this::find);
  }

  private Optional<Entry> find(MessageId id) {
    return byId.first(entry -> entry.messageId().compareTo(id) < 0)
        .filter(entry -> entry.messageId().equals(id));
  }

  EntryKeys keys() {
    return keys;
  }

  Optional<InOutbox> inOutbox(Hash txId) {
    return keys.withTransaction(txId)
        .map(entry -> new InOutbox(entry, entry.course().positionOf(txId)));
  }

  Sequences sequences() {
    return sequences;
  }

  Iterable<Entry> after(Optional<String> id) {
    return byId.from(entry -> id.filter(last -> entry.id().compareTo(last) <= 0).isPresent());
  }

  /** Newest first. */
  Iterable<Entry> before(Optional<String> id) {
    return byId.backFrom(entry -> id.isEmpty() || entry.id().compareTo(id.get()) < 0);
  }

  Iterable<Entry> all() {
    return byId.all();
  }

  /** In their order. */
  Iterable<Entry> pending() {
    return pending.all();
  }

  WorkQueue work() {
    return work;
  }

  /** Files of messages that may still be read. */
  Set<String> spooled() {
    Set<String> names = new HashSet<>();
    byId.stream()
        .filter(entry -> !entry.isFinished())
        .forEach(entry -> entry.spooled().ifPresent(names::add));
    return names;
  }

  int open() {
    return open;
  }

  long openBytes() {
    return openBytes;
  }

  SortedMap<MessageState, Long> counts() {
    SortedMap<MessageState, Long> all = new TreeMap<>();
    for (MessageState state : MessageState.values()) {
      all.put(state, counts.getOrDefault(state, 0L));
    }
    return all;
  }
}
