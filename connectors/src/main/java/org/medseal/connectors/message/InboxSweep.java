package org.medseal.connectors.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.journal.Frame;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.model.Bytes;

/**
 * Cleans the inbox journal. Content goes some time after its message was finished; head and
 * duplicate key stay as long as the index remembers the message. All else is kept whole.
 */
final class InboxSweep {
  /** More than a frame without content has. */
  private static final int HEAD_BYTES = 400;

  /** More than a fingerprint has in its frame. */
  private static final int DUPLICATE_BYTES = 24;

  /** Content goes at the latest when it has been due for this part of the time it is kept. */
  private static final int GRACE = 10;

  private final StoreState state;
  private final Receiving receiving;

  InboxSweep(StoreState state, Receiving receiving) {
    this.state = state;
    this.receiving = receiving;
  }

  /**
   * Whose content may go.
   *
   * @param finishedUntilMs not later than this
   * @param durableUntil end of the synced outbox: what says that it is finished stands before
   */
  private record Due(long finishedUntilMs, long durableUntil) {
    boolean takes(Entry entry) {
      return entry.hasContent
          && entry.state.isFinished()
          && entry.course().finishedAtMs <= finishedUntilMs
          && entry.course().lastPosition < durableUntil;
    }
  }

  /** How many contents went. */
  long run(Duration kept) {
    long contents = 0;
    for (int files = state.inbox().fileStarts().size(); files > 0; files--) {
      long durableUntil = state.outbox().endPosition();
      state.outbox().sync();
      long now = state.times().wall().millis();
      Due due = new Due(now - kept.toMillis(), durableUntil);
      Due overdue = new Due(now - kept.plus(kept.dividedBy(GRACE)).toMillis(), durableUntil);
      if (!state.locked(() -> isWorthIt(due, overdue))) {
        break;
      }
      if (state.inbox().fileStarts().size() == 1) {
        state.inbox().roll();
      }
      FrontFile front = new FrontFile(due);
      if (!front.clean()) {
        break;
      }
      contents += front.contents;
    }
    return contents;
  }

  private boolean isWorthIt(Due due, Due overdue) {
    long needed = (long) DUPLICATE_BYTES * state.index().forgotten().size();
    for (Entry entry : state.index().all()) {
      if (overdue.takes(entry)) {
        return true;
      }
      boolean whole = entry.hasContent && !due.takes(entry) && entry.spooled().isEmpty();
      needed += HEAD_BYTES + (whole ? entry.sizeBytes * 9L / 8 : 0);
    }
    Journal inbox = state.inbox();
    return Retention.isHalfGarbage(inbox.endPosition() - inbox.firstPosition(), needed, state);
  }

  private enum Fate {
    NOTHING,
    /** Its fingerprint alone. */
    DUPLICATE,
    HEAD,
    WHOLE,
    /** Its arrival is not over: the file cannot be cleaned now. */
    UNSETTLED
  }

  /** The oldest file while it is being cleaned. */
  private final class FrontFile {
    private final Due due;
    private final List<Moved> moved = new ArrayList<>();
    private final List<InboxFrames.Duplicate> duplicates = new ArrayList<>();
    private boolean settled = true;
    private long contents;

    private record Moved(Entry entry, long from, long to, boolean hasContent) {}

    FrontFile(Due due) {
      this.due = due;
    }

    /** False, with nothing deleted, while a message in it is still arriving. */
    boolean clean() {
      List<Long> starts = state.inbox().fileStarts();
      if (starts.size() < 2) {
        return false;
      }
      long next = starts.get(1);
      state
          .inbox()
          .replay(starts.get(0), next, (at, type, bytes) -> keep(new Frame(at, type, bytes)));
      if (!settled) {
        return false;
      }
      appendDuplicates();
      state.inbox().sync();
      state.underLock(
          () ->
              moved.stream()
                  .filter(each -> each.entry.position == each.from)
                  .forEach(each -> StoreState.moved(each.entry, each.to, each.hasContent)));
      state.inbox().dropBefore(next);
      return true;
    }

    private void keep(Frame frame) {
      if (frame.type() == InboxFrames.DUPLICATES) {
        InboxFrames.duplicates(frame.payload()).forEach(each -> duplicate(each.fingerprint()));
        return;
      }
      InboxFrames.Head head = InboxFrames.head(frame);
      String id = head.receival().id();
      switch (settled ? state.locked(() -> fate(id, frame.position())) : Fate.NOTHING) {
        case NOTHING -> {}
        case UNSETTLED -> settled = false;
        case DUPLICATE -> duplicate(head.receival().fingerprint());
        case HEAD -> {
          append(frame, InboxFrames.REMEMBERED, InboxFrames.remembered(head), id);
          contents += head.hasContent() ? 1 : 0;
        }
        case WHOLE -> append(frame, InboxFrames.CARRIED, InboxFrames.carried(frame), id);
      }
    }

    /** Unless newer ones have taken its room. */
    private void duplicate(Bytes fingerprint) {
      state
          .locked(() -> state.index().forgotten().minuteOf(fingerprint))
          .ifPresent(minute -> duplicates.add(new InboxFrames.Duplicate(fingerprint, minute)));
      if (duplicates.size() == InboxFrames.MOST_DUPLICATES) {
        appendDuplicates();
      }
    }

    private void appendDuplicates() {
      if (!duplicates.isEmpty()) {
        state.inbox().append(InboxFrames.DUPLICATES, InboxFrames.duplicates(duplicates));
        duplicates.clear();
      }
    }

    private Fate fate(String id, long position) {
      Entry entry = state.index().find(id).orElse(null);
      if (entry == null) {
        return receiving.isArriving(id) ? Fate.UNSETTLED : Fate.DUPLICATE;
      }
      if (entry.position != position) {
        return Fate.NOTHING; // carried before; this copy is what a crash left
      }
      return entry.hasContent && !due.takes(entry) ? Fate.WHOLE : Fate.HEAD;
    }

    private void append(Frame frame, int type, byte[] payload, String id) {
      long to = state.inbox().append(type, payload);
      state.underLock(
          () ->
              state
                  .index()
                  .find(id)
                  .ifPresent(
                      entry ->
                          moved.add(
                              new Moved(
                                  entry, frame.position(), to, type == InboxFrames.CARRIED))));
    }
  }
}
