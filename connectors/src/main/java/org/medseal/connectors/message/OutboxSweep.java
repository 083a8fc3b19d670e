package org.medseal.connectors.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.connectors.message.Transition.Counted;
import org.medseal.connectors.message.Transition.Forgotten;
import org.medseal.connectors.message.Transition.Sealed;
import org.medseal.connectors.message.Transition.Standing;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.model.Bytes;

/**
 * Cleans the outbox journal: in place of what the oldest file tells of a message stands one frame
 * with all that is known of it, and the sealed bytes if they may yet be committed. Patients'
 * numbers are kept for ever.
 */
final class OutboxSweep {
  /** More than a message's standing has without its records, a record, a patient's number. */
  private static final int STANDING_BYTES = 200;

  private static final int RECORD_BYTES = 120;
  private static final int PATIENT_BYTES = 40;

  private static final int BATCH = 50_000;

  private final StoreState state;

  OutboxSweep(StoreState state) {
    this.state = state;
  }

  void run() {
    Journal outbox = state.outbox();
    for (int files = outbox.fileStarts().size(); files > 1; files--) {
      if (!state.locked(this::isWorthIt) || !new FrontFile(outbox.fileStarts().get(1)).clean()) {
        return;
      }
    }
  }

  private boolean isWorthIt() {
    long needed = (long) PATIENT_BYTES * state.index().sequences().patients();
    for (Entry entry : state.index().all()) {
      Course course = entry.course();
      if (course.lastPosition >= 0) {
        boolean live = course.records.stream().anyMatch(OutboxRecord::isLive);
        needed +=
            STANDING_BYTES
                + (long) RECORD_BYTES * course.records.size()
                + (live ? course.sealedBytes : 0);
      }
    }
    Journal outbox = state.outbox();
    return Retention.isHalfGarbage(outbox.endPosition() - outbox.firstPosition(), needed, state);
  }

  /** The oldest file while it is being cleaned. */
  private final class FrontFile {
    private final long next;
    private final Set<String> messages = new LinkedHashSet<>();
    private final Set<Bytes> patients = new LinkedHashSet<>();
    private final List<Forgotten> forgotten = new ArrayList<>();

    /** {@code next} is where the file after it begins. */
    FrontFile(long next) {
      this.next = next;
    }

    /** False, with nothing deleted, while a message in it is being sealed. */
    boolean clean() {
      Journal outbox = state.outbox();
      outbox.replay(
          outbox.firstPosition(),
          next,
          (position, type, payload) -> Transition.decode(type, payload).ifPresent(this::note));
      Set<String> unknown = new TreeSet<>();
      for (String id : messages) {
        Optional<Boolean> done = state.locked(() -> carry(id));
        if (done.isEmpty()) {
          unknown.add(id);
        } else if (!done.get()) {
          return false;
        }
      }
      carryForgotten(unknown);
      carryNumbers();
      outbox.sync();
      outbox.dropBefore(next);
      return true;
    }

    private void note(Transition transition) {
      if (transition instanceof Counted counted) {
        patients.addAll(counted.sequences().keySet());
      } else if (transition instanceof Forgotten already) {
        forgotten.add(already);
      } else {
        messages.add(transition.messageId());
        if (transition instanceof Sealed sealed) {
          sealed.parts().forEach(part -> patients.add(part.patientKey()));
        }
      }
    }

    /** Empty for a message that nobody remembers; false for one that is being sealed. */
    private Optional<Boolean> carry(String id) {
      Entry entry = state.index().find(id).orElse(null);
      if (entry == null) {
        return Optional.empty();
      }
      Course course = entry.course();
      if (course.moving) {
        return Optional.of(false); // its new frame may stand before the one written here
      }
      boolean withParts =
          course.outboxPosition < next && course.records.stream().anyMatch(OutboxRecord::isLive);
      if (withParts || course.standingPosition < next) {
        Standing standing = Standing.of(entry, withParts ? liveParts(entry) : List.of());
        state
            .index()
            .carried(entry, state.outbox().append(standing.type(), standing.encode()), withParts);
      }
      return Optional.of(true);
    }

    private List<SealedPart> liveParts(Entry entry) {
      Course course = entry.course();
      return StateMoves.sealedParts(state.outbox().read(course.outboxPosition)).stream()
          .filter(
              part ->
                  course.records.stream()
                      .anyMatch(r -> r.isLive() && r.txId().equals(part.transaction().id())))
          .toList();
    }

    /** Until the inbox has passed the place where they may stand. */
    private void carryForgotten(Set<String> unknown) {
      long inboxFirst = state.inbox().firstPosition();
      forgotten.stream().filter(each -> each.inboxEnd() > inboxFirst).forEach(this::append);
      long inboxEnd = state.inbox().endPosition();
      batches(unknown).forEach(ids -> append(new Forgotten(ids, inboxEnd)));
    }

    private void carryNumbers() {
      for (List<Bytes> batch : batches(patients)) {
        Map<Bytes, Long> numbers = new HashMap<>();
        state.underLock(
            () -> batch.forEach(key -> numbers.put(key, state.index().sequences().last(key))));
        append(new Counted(numbers));
      }
    }

    private void append(Transition transition) {
      state.outbox().append(transition.type(), transition.encode());
    }
  }

  private static <T> List<List<T>> batches(Set<T> all) {
    List<T> each = List.copyOf(all);
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < each.size(); from += BATCH) {
      batches.add(each.subList(from, Math.min(each.size(), from + BATCH)));
    }
    return batches;
  }
}
