package org.medseal.connectors.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * What the journals say, in memory: live and at replay the same transitions are applied. Guarded by
 * the store's lock.
 */
final class MessageIndex {
  private final TreeMap<String, Entry> byId = new TreeMap<>();
  private final Map<Bytes, String> byFingerprint = new HashMap<>();
  private final Map<Bytes, String> byControl = new HashMap<>();
  private final Map<Hash, InOutbox> byTransaction = new HashMap<>();

  /** By their order. */
  private final TreeMap<Long, Entry> pending = new TreeMap<>();

  private final Sequences sequences = new Sequences();
  private final Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
  private final Map<String, FeedCount> feeds = new HashMap<>();
  private final LinkedHashSet<String> finished = new LinkedHashSet<>();
  private final WorkQueue work = new WorkQueue();
  private final int finishedKept;
  private final Fingerprints forgotten;
  private boolean replaying = true;
  private int open;
  private long openBytes;

  /** Where a transaction's bytes stand in the outbox. */
  record InOutbox(String messageId, long position) {}

  MessageIndex(MessageLimits limits) {
    finishedKept = limits.finishedKept();
    forgotten = new Fingerprints(limits.duplicatesKept());
  }

  void received(Entry entry) {
    byId.put(entry.id(), entry);
    byFingerprint.merge(entry.receival.fingerprint(), entry.id(), this::newer);
    entry.receival.controlKey().ifPresent(key -> byControl.putIfAbsent(key, entry.id()));
    count(entry.state, 1);
    entered(entry);
    FeedCount feed = feed(entry.receival.feed());
    if (replaying) {
      feed.seen(entry);
    } else {
      feed.received(entry);
    }
  }

  /** The one that took an unreadable one's place, in whatever order the journal tells of them. */
  private String newer(String known, String other) {
    return byId.get(known).order > byId.get(other).order ? known : other;
  }

  /** The same bytes are a new message when they come again. */
  void disown(Entry entry) {
    byFingerprint.remove(entry.receival.fingerprint(), entry.id());
    entry.receival.controlKey().ifPresent(key -> byControl.remove(key, entry.id()));
  }

  /** Whether its bytes came again as a newer message. */
  boolean isReplaced(Entry entry) {
    return withFingerprint(entry.receival.fingerprint())
        .filter(id -> !id.equals(entry.id()))
        .isPresent();
  }

  /** What is counted of a feed; made at its first mention. */
  FeedCount feed(String name) {
    return feeds.computeIfAbsent(name, any -> new FeedCount());
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
    byId.values().stream()
        .filter(entry -> entry.state.isFinished())
        .sorted(Comparator.comparingLong(entry -> entry.finishedAtMs))
        .forEach(entry -> finished.add(entry.id()));
    forgetOldest();
  }

  /** Ignores a message that is no longer kept. */
  void apply(Transition transition, long position) {
    if (transition instanceof Counted counted) {
      counted.sequences().forEach(sequences::reached);
      return;
    }
    if (transition instanceof Forgotten forgotten) {
      forgotten.ids().stream().map(byId::get).filter(Objects::nonNull).forEach(this::forget);
      return;
    }
    if (transition instanceof Sealed sealed) {
      sealed.parts().forEach(p -> sequences.reached(p.patientKey(), p.sequence()));
    }
    Entry entry = byId.get(transition.messageId());
    if (entry == null) {
      return;
    }
    entry.lastPosition = position;
    if (transition instanceof Quarantined q) {
      entry.reason = Optional.of(q.reason());
      entry.place = Optional.of(q.place());
      move(entry, MessageState.QUARANTINED);
    } else if (transition instanceof NotARecord n) {
      entry.place = Optional.of(n.kind());
      entry.finishedAtMs = n.atMs();
      move(entry, MessageState.NOT_A_RECORD);
    } else if (transition instanceof Discarded d) {
      entry.place = Optional.of(d.reason().name());
      entry.finishedAtMs = d.atMs();
      move(entry, MessageState.DISCARDED);
      disownDamaged(entry);
    } else if (transition instanceof Sealed s) {
      seal(entry, s, position);
    } else if (transition instanceof Submitted) {
      move(entry, MessageState.SUBMITTED);
    } else if (transition instanceof Committed c) {
      commit(entry, c);
    } else if (transition instanceof Failed f) {
      entry.place = Optional.of(f.rule());
      move(entry, MessageState.FAILED);
    } else if (transition instanceof ReceivedAgain again) {
      receiveAgain(entry, again);
    } else if (transition instanceof Standing standing) {
      stand(entry, standing, position);
    }
  }

  private void stand(Entry entry, Standing standing, long position) {
    entry.records.forEach(r -> byTransaction.remove(r.txId()));
    left(entry);
    count(entry.state, -1);
    entry.state = standing.state();
    entry.reason = standing.reason();
    entry.place = standing.place();
    entry.records = standing.records();
    entry.putBack = standing.putBack();
    entry.finishedAtMs = standing.finishedAtMs();
    entry.standingPosition = position;
    if (!standing.parts().isEmpty()) {
      entry.outboxPosition = position;
      entry.sealedBytes = SealedPart.sizeBytes(standing.parts());
    }
    InOutbox at = new InOutbox(entry.id(), entry.outboxPosition);
    entry.records.forEach(r -> byTransaction.put(r.txId(), at));
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
    entry.standingPosition = position;
    entry.lastPosition = position;
    if (!withParts) {
      return;
    }
    entry.outboxPosition = position;
    InOutbox at = new InOutbox(entry.id(), position);
    entry.records.forEach(r -> byTransaction.replace(r.txId(), at));
  }

  private void seal(Entry entry, Sealed sealed, long position) {
    List<OutboxRecord> records = new ArrayList<>();
    entry.records.stream().filter(OutboxRecord::isCommitted).forEach(records::add);
    sealed.parts().stream().map(Transition::outboxRecord).forEach(records::add);
    entry.records.stream()
        .filter(old -> !old.isCommitted())
        .forEach(old -> byTransaction.remove(old.txId()));
    sealed.parts().forEach(p -> byTransaction.put(p.transaction().id(), in(sealed, position)));
    entry.records = List.copyOf(records);
    entry.outboxPosition = position;
    entry.sealedBytes = SealedPart.sizeBytes(sealed.parts());
    entry.place = Optional.empty();
    entry.reason = Optional.empty();
    move(entry, MessageState.SEALED);
    if (records.stream().allMatch(OutboxRecord::isCommitted)) {
      move(entry, MessageState.COMMITTED);
    }
  }

  private static InOutbox in(Sealed sealed, long position) {
    return new InOutbox(sealed.messageId(), position);
  }

  private void commit(Entry entry, Committed c) {
    entry.records =
        entry.records.stream()
            .map(r -> r.txId().equals(c.txId()) ? r.committedAt(c.height()) : r)
            .toList();
    entry.finishedAtMs = c.atMs();
    if (!entry.records.isEmpty() && entry.records.stream().allMatch(OutboxRecord::isCommitted)) {
      move(entry, MessageState.COMMITTED);
    }
  }

  private void receiveAgain(Entry entry, ReceivedAgain again) {
    if (again.retire()) {
      entry.records = entry.records.stream().map(OutboxRecord::retire).toList();
    }
    entry.reason = Optional.empty();
    entry.place = Optional.empty();
    entry.putBack |= !again.retire();
    entry.attempts = 0;
    entry.failures = 0;
    entry.notBeforeMs = Long.MIN_VALUE;
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
      feed(entry.receival.feed()).moved(entry);
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
      pending.put(entry.order, entry);
    }
    if (entry.state.isFinished()) {
      finished.add(entry.id());
      if (!replaying) {
        forgetOldest();
      }
    }
  }

  private void forgetOldest() {
    while (finished.size() > finishedKept) {
      forget(byId.get(finished.iterator().next()));
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
      pending.remove(entry.order);
    }
    if (entry.state.isFinished()) {
      finished.remove(entry.id());
    }
  }

  private void forget(Entry entry) {
    String id = entry.id();
    left(entry);
    byId.remove(id);
    byFingerprint.remove(entry.receival.fingerprint(), id);
    entry.receival.controlKey().ifPresent(key -> byControl.remove(key, id));
    entry.records.forEach(r -> byTransaction.remove(r.txId()));
    count(entry.state, -1);
    long finishedAtMs = Math.max(entry.finishedAtMs, entry.receival.receivedAtMs());
    if (!entry.isDamaged()) {
      forgotten.add(entry.receival.fingerprint(), Fingerprints.minute(finishedAtMs));
    }
  }

  /** Fingerprints of messages that were finished and are no longer in here. */
  Fingerprints forgotten() {
    return forgotten;
  }

  private void count(MessageState state, long change) {
    counts.merge(state, change, Long::sum);
  }

  Optional<Entry> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<String> withFingerprint(Bytes fingerprint) {
    return Optional.ofNullable(byFingerprint.get(fingerprint));
  }

  boolean hasControl(Bytes controlKey) {
    return byControl.containsKey(controlKey);
  }

  Optional<InOutbox> inOutbox(Hash txId) {
    return Optional.ofNullable(byTransaction.get(txId));
  }

  Sequences sequences() {
    return sequences;
  }

  Iterable<Entry> after(Optional<String> id) {
    return (id.isPresent() ? byId.tailMap(id.get(), false) : byId).values();
  }

  /** Newest first. */
  Iterable<Entry> before(Optional<String> id) {
    return (id.isPresent() ? byId.headMap(id.get(), false) : byId).descendingMap().values();
  }

  Iterable<Entry> all() {
    return byId.values();
  }

  Iterable<Entry> pending() {
    return pending.values();
  }

  WorkQueue work() {
    return work;
  }

  /** Files of messages that may still be read. */
  Set<String> spooled() {
    Set<String> names = new HashSet<>();
    byId.values().stream()
        .filter(entry -> !entry.isFinished())
        .forEach(entry -> entry.receival.spooled().ifPresent(names::add));
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
