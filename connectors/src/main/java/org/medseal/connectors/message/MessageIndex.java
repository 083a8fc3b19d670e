package org.medseal.connectors.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.medseal.connectors.message.Transition.Failed;
import org.medseal.connectors.message.Transition.NotARecord;
import org.medseal.connectors.message.Transition.Quarantined;
import org.medseal.connectors.message.Transition.ReceivedAgain;
import org.medseal.connectors.message.Transition.Sealed;
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
  private final TreeMap<Long, Entry> pending = new TreeMap<>();
  private final Map<Bytes, Long> sequences = new HashMap<>();
  private final Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
  private final Deque<String> finished = new ArrayDeque<>();
  private final WorkQueue work = new WorkQueue();
  private final int finishedKept;
  private int open;
  private long openBytes;

  /** Where a transaction's bytes stand in the outbox. */
  record InOutbox(String messageId, long position) {}

  MessageIndex(int finishedKept) {
    this.finishedKept = finishedKept;
  }

  void received(Entry entry) {
    byId.put(entry.id(), entry);
    byFingerprint.put(entry.receival.fingerprint(), entry.id());
    entry.receival.controlKey().ifPresent(key -> byControl.putIfAbsent(key, entry.id()));
    count(entry.state, 1);
    entered(entry);
  }

  /** Ignores a message that is no longer kept. */
  void apply(Transition transition, long position) {
    if (transition instanceof Sealed sealed) {
      sealed.parts().forEach(p -> sequences.merge(p.patientKey(), p.sequence(), Math::max));
    }
    Entry entry = byId.get(transition.messageId());
    if (entry == null) {
      return;
    }
    if (transition instanceof Quarantined q) {
      entry.reason = Optional.of(q.reason());
      entry.place = Optional.of(q.place());
      move(entry, MessageState.QUARANTINED);
    } else if (transition instanceof NotARecord n) {
      entry.place = Optional.of(n.kind());
      move(entry, MessageState.NOT_A_RECORD);
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
    }
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
    if (entry.records.stream().allMatch(OutboxRecord::isCommitted)) {
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
      pending.put(entry.outboxPosition, entry);
    }
    if (entry.state.isFinished()) {
      finished.add(entry.id());
      while (finished.size() > finishedKept) {
        forget(finished.remove());
      }
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
      pending.remove(entry.outboxPosition);
    }
  }

  private void forget(String id) {
    Entry entry = byId.remove(id);
    byFingerprint.remove(entry.receival.fingerprint(), id);
    entry.receival.controlKey().ifPresent(key -> byControl.remove(key, id));
    entry.records.forEach(r -> byTransaction.remove(r.txId()));
    count(entry.state, -1);
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

  long nextSequence(Bytes patientKey) {
    return sequences.merge(patientKey, 1L, Long::sum);
  }

  Iterable<Entry> after(Optional<String> id) {
    return (id.isPresent() ? byId.tailMap(id.get(), false) : byId).values();
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
