package org.medseal.connectors.message;

import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageException.Reason;
import org.medseal.ledger.journal.Frame;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Hash;

/** Changes of state: journalled, then applied to the index, in one order. */
final class StateMoves {
  private final StoreState state;

  StateMoves(StoreState state) {
    this.state = state;
  }

  void quarantined(String id, QuarantineReason reason, String place) {
    move(new Transition.Quarantined(id, reason, place), MessageState.RECEIVED);
  }

  /** On disk before its file goes, or a restart would look for it. */
  void notARecord(String id, String kind) {
    Transition transition = new Transition.NotARecord(id, kind, nowMs());
    Optional<String> file = file(id);
    if (file.isEmpty()) {
      move(transition, MessageState.RECEIVED);
      return;
    }
    moveDurably(transition, MessageState.RECEIVED);
    file.ifPresent(state.spool()::delete);
  }

  private Optional<String> file(String id) {
    return state.locked(() -> state.require(id).spooled());
  }

  /** {@link MessageStore#discard}. */
  void discard(String id, DiscardReason reason) {
    Optional<String> file = file(id); // by then it may be forgotten
    moveDurably(
        new Transition.Discarded(id, reason, nowMs()),
        MessageState.QUARANTINED,
        MessageState.FAILED);
    file.ifPresent(state.spool()::delete);
  }

  /** Not synced. */
  long move(Transition transition, MessageState... from) {
    return state.locked(
        () -> {
          Entry entry = state.require(transition.messageId(), from);
          requireStill(entry);
          requireOwnBytes(entry, transition);
          return append(transition);
        });
  }

  /** On disk when it returns. */
  void moveDurably(Transition transition, MessageState... from) {
    state.outbox().syncThrough(move(transition, from));
  }

  private static void requireStill(Entry entry) {
    if (entry.course().moving) {
      throw new MessageException(Reason.WRONG_STATE, "message " + entry.id() + " is being sealed");
    }
  }

  private void requireOwnBytes(Entry entry, Transition transition) {
    if (transition instanceof Transition.ReceivedAgain again
        && !again.retire()
        && state.index().isReplaced(entry)) {
      throw new MessageException(
          Reason.WRONG_STATE, "message " + entry.id() + " came again as another");
    }
  }

  private long append(Transition transition) {
    long position = state.outbox().append(transition.type(), transition.encode());
    state.index().apply(transition, position);
    state.signalWork();
    return position;
  }

  /** {@link MessageStore#reprocess(List)}. */
  int reprocess(List<String> ids) {
    int done = 0;
    for (String id : ids) {
      try {
        move(
            new Transition.ReceivedAgain(id, false), MessageState.QUARANTINED, MessageState.FAILED);
        done++;
      } catch (MessageException e) {
        if (e.reason() != Reason.WRONG_STATE && e.reason() != Reason.UNKNOWN_MESSAGE) {
          throw e;
        }
      }
    }
    state.outbox().sync();
    return done;
  }

  /** {@link MessageStore#sealed}. */
  void sealed(String id, List<SealedPart> parts) {
    Transition.Sealed sealed = new Transition.Sealed(id, List.copyOf(parts));
    byte[] frame = sealed.encode();
    Entry entry = state.locked(() -> beginSealing(id));
    try {
      long position = state.outbox().append(sealed.type(), frame);
      state.outbox().syncThrough(position);
      state.underLock(() -> state.index().apply(sealed, position));
    } finally {
      state.underLock(() -> entry.change().moving = false);
    }
  }

  private Entry beginSealing(String id) {
    Entry entry = state.require(id, MessageState.RECEIVED);
    requireStill(entry);
    if (entry.course().records.stream().anyMatch(OutboxRecord::isLive)) {
      throw new MessageException(
          Reason.WRONG_STATE, "message " + id + " has a transaction that may yet commit");
    }
    entry.change().moving = true;
    return entry;
  }

  void submitted(String id) {
    state.underLock(
        () -> {
          if (state.require(id).state == MessageState.SEALED) {
            append(new Transition.Submitted(id));
          }
        });
  }

  void committed(Hash txId, long height, int index0) {
    state.underLock(
        () ->
            inOutbox(txId)
                .filter(at -> isUncommitted(at, txId))
                .ifPresent(
                    at -> {
                      append(
                          new Transition.Committed(at.entry().id(), txId, height, index0, nowMs()));
                      forgetFile(at.entry());
                    }));
  }

  /** The ledger has it: nothing will ever be sealed from the file again. Only inside the lock. */
  private void forgetFile(Entry entry) {
    if (entry.isFinished()) {
      entry.spooled().ifPresent(state.spool()::delete);
    }
  }

  private static boolean isUncommitted(MessageIndex.InOutbox at, Hash txId) {
    return at.entry().course().records.stream()
        .anyMatch(r -> r.txId().equals(txId) && !r.isCommitted());
  }

  /** Only inside the lock. */
  private Optional<MessageIndex.InOutbox> inOutbox(Hash txId) {
    return state.index().inOutbox(txId);
  }

  /** {@link MessageStore#transactionBytes}. */
  byte[] transactionBytes(Hash txId) {
    return part(outboxFrame(txId), txId)
        .orElseThrow(() -> unknown(txId))
        .transaction()
        .encoded()
        .toArray();
  }

  private Frame outboxFrame(Hash txId) {
    long at = positionOf(txId);
    while (true) {
      try {
        return state.outbox().read(at);
      } catch (JournalException e) {
        long now = positionOf(txId);
        if (now == at) {
          throw e;
        }
        at = now; // carried to the journal's end in between
      }
    }
  }

  private long positionOf(Hash txId) {
    return state.locked(() -> inOutbox(txId)).orElseThrow(() -> unknown(txId)).position();
  }

  private static Optional<SealedPart> part(Frame frame, Hash txId) {
    return sealedParts(frame).stream().filter(p -> p.transaction().id().equals(txId)).findFirst();
  }

  /** Sealed parts whose bytes stand in this frame of the outbox. */
  static List<SealedPart> sealedParts(Frame frame) {
    Optional<Transition> found = Transition.decode(frame.type(), frame.payload());
    if (found.isPresent() && found.get() instanceof Transition.Sealed sealed) {
      return sealed.parts();
    }
    return found.isPresent() && found.get() instanceof Transition.Standing standing
        ? standing.parts()
        : List.of();
  }

  private long nowMs() {
    return state.times().wall().millis();
  }

  private static MessageException unknown(Hash txId) {
    return new MessageException(Reason.UNKNOWN_MESSAGE, "no transaction " + txId);
  }
}
