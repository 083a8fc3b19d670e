package org.medseal.connectors.message;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.pseudonym.Pseudonym;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Inbox and outbox. The inbox journal holds each message once, sealed under the storage key; the
 * outbox journal holds every change of state in order, and with SEALED the transactions' bytes. All
 * calls from any thread; JournalException once the disk has failed, and from then on always.
 */
public final class MessageStore implements AutoCloseable {
  /** So often is tried what fails for a reason of its own; afterwards it is quarantined. */
  public static final int MAX_ATTEMPTS = 10;

  private final StoreState state;
  private final Receiving receiving;
  private final StateMoves moves;
  private final Leasing leasing;
  private final Retention retention;

  private MessageStore(StoreState state) {
    this.state = state;
    this.moves = new StateMoves(state);
    this.receiving = new Receiving(state, moves);
    this.leasing = new Leasing(state, moves);
    this.retention = new Retention(state, receiving);
  }

  /**
   * Rebuilds all state from the two folders; leases of an earlier run are gone, so what was being
   * worked on is handed out again. MessageException WRONG_KEY if the content is another key's.
   */
  public static MessageStore open(
      Path inboxFolder, Path outboxFolder, LocalCipher cipher, MessageLimits limits) {
    return open(
        inboxFolder,
        outboxFolder,
        new StoreState.Setup(
            cipher, limits, Times.system(), Disk.real(), JournalOptions.defaults().fileBytes()));
  }

  static MessageStore open(Path inboxFolder, Path outboxFolder, StoreState.Setup setup) {
    StoreState state = new StoreState(inboxFolder, outboxFolder, setup);
    try {
      state.replay();
      return new MessageStore(state);
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  // ---- receiving

  /**
   * Durable when it returns; callers share syncs. The same bytes on the same feed are stored once.
   * A stored copy that cannot be opened does not count, unless it is sealed or finished.
   * BackPressureException above the high-water mark, MessageException TOO_LARGE above the limit. A
   * content too large for the journal that is not of {@link #spool()} is copied there.
   */
  public Receipt receive(Arrival arrival) {
    return receiving.receive(arrival);
  }

  /** BackPressureException above the high-water mark: what is read now could not be stored. */
  public void requireRoom() {
    state.requireRoom();
  }

  /** As {@link #receive(Arrival)}, for a message not known to be unreadable. */
  public Receipt receive(
      String feed,
      Format format,
      byte[] raw,
      Optional<String> controlId,
      Optional<String> sourceLabel) {
    return receive(new Arrival(feed, format, raw, controlId, sourceLabel, Optional.empty()));
  }

  // ---- looking

  public Optional<MessageView> find(String id) {
    return state.locked(() -> state.index().find(id).map(Entry::view));
  }

  /** By id, which is by time of arrival. */
  public List<MessageView> list(
      Optional<MessageState> wanted, int limit, Optional<String> afterId) {
    return state.locked(() -> views(state.index().after(afterId), wanted, limit));
  }

  /** The same from the newest on, or from those before the id. */
  public List<MessageView> newest(
      Optional<MessageState> wanted, int limit, Optional<String> beforeId) {
    return state.locked(() -> views(state.index().before(beforeId), wanted, limit));
  }

  private static List<MessageView> views(
      Iterable<Entry> entries, Optional<MessageState> wanted, int limit) {
    List<MessageView> views = new ArrayList<>();
    for (Entry entry : entries) {
      if (views.size() >= limit) {
        break;
      }
      if (wanted.isEmpty() || wanted.get() == entry.state) {
        views.add(entry.view());
      }
    }
    return views;
  }

  /** Every state, with 0 where there is none. */
  public SortedMap<MessageState, Long> counts() {
    return state.locked(state.index()::counts);
  }

  /** Of every feed that has brought a message. */
  public SortedMap<String, FeedTally> tallies() {
    return state.locked(state.index()::tallies);
  }

  /**
   * The content as it was received, on the heap. MessageException GONE once it is no longer kept,
   * which for a spooled one is when its message is finished.
   */
  public byte[] raw(String id) {
    return content(id).bytes();
  }

  /** As {@link #raw}, wherever it lies. */
  public Content content(String id) {
    Entry entry = state.locked(() -> state.require(id));
    Content content = state.content(entry);
    if (content instanceof SpooledContent && state.locked(entry::isFinished)) {
      throw new MessageException(
          MessageException.Reason.GONE, "message " + id + " is finished, its file is deleted");
    }
    return content;
  }

  /** For messages that arrive piece by piece or do not fit into memory. */
  public Spool spool() {
    return state.spool();
  }

  /** Where it came from, as the feed said; GONE as with the content. */
  public Optional<String> sourceLabel(String id) {
    return state.label(state.locked(() -> state.require(id)));
  }

  // ---- working

  /**
   * The next message, of any feed unless one is named; waits at most so long for one.
   * MessageException UNREADABLE if it cannot be read: it is quarantined, or rests if its disk may
   * yet read it; CLOSED once the store is closed. JournalException once its disk has failed.
   */
  public Optional<Lease> lease(Optional<String> feed, Duration leaseFor, Duration waitAtMost)
      throws InterruptedException {
    return leasing.lease(feed, leaseFor, waitAtMost);
  }

  /** Gives an unfinished message back, to be handed out again after the delay. */
  public void release(Lease lease, Duration delay) {
    leasing.release(lease, delay);
  }

  /**
   * The same after a failure that time will not mend: the message is quarantined with RULE_ERROR
   * and the place once that has happened {@link #MAX_ATTEMPTS} times. True if it now is.
   */
  public boolean attemptFailed(Lease lease, String place, Duration delay) {
    return leasing.attemptFailed(lease, place, delay);
  }

  /** Kept back with reason and place; not synced, for redoing the work gives it again. */
  public void quarantined(String id, QuarantineReason reason, String place) {
    moves.quarantined(id, reason, place);
  }

  public void notARecord(String id, String kind) {
    moves.notARecord(id, kind);
  }

  /** Stands for one patient of this institution; an HMAC, 16 bytes. */
  public Bytes patientKey(Pseudonym patient) {
    return state.hmac("medseal outbox patient", patient.documentPseudonym());
  }

  /** The next number in this patient's order, from 1; a number not used leaves a gap. */
  public long nextSequence(Bytes patientKey) {
    return state.locked(() -> state.index().sequences().next(patientKey));
  }

  /** What was sealed of this message, newest attempt. */
  public List<OutboxRecord> records(String id) {
    return state.locked(() -> state.require(id).course().records);
  }

  /** The transactions' bytes are on disk when it returns; only these are ever sent. */
  public void sealed(String id, List<SealedPart> parts) {
    moves.sealed(id, parts);
  }

  // ---- the way to the ledger

  /** Messages with sealed records not yet known to be committed, oldest first. */
  public List<String> pending(int limit) {
    return state.locked(
        () -> {
          List<String> ids = new ArrayList<>();
          for (Entry entry : state.index().pending()) {
            if (ids.size() >= limit) {
              break;
            }
            ids.add(entry.id());
          }
          return ids;
        });
  }

  /** The bytes that were made durable before the first send. */
  public byte[] transactionBytes(Hash txId) {
    return moves.transactionBytes(txId);
  }

  /** Message of one of our own transactions. */
  public Optional<String> messageOf(Hash txId) {
    return state.locked(() -> state.index().inOutbox(txId).map(at -> at.entry().id()));
  }

  /** The ledger has taken all of it up; harmless when told again. */
  public void submitted(String id) {
    moves.submitted(id);
  }

  /** One of our transactions is in a block; others are ignored. */
  public void committed(Hash txId, long height, int index0) {
    moves.committed(txId, height, index0);
  }

  /** Refused by a rule of the ledger, never by time. */
  public void failed(String id, String rule) {
    moves.move(
        new Transition.Failed(id, rule),
        MessageState.RECEIVED,
        MessageState.SEALED,
        MessageState.SUBMITTED);
  }

  /**
   * Its transactions can no longer be committed: back to RECEIVED, to be sealed with fresh keys.
   * The caller has seen the own node past their time without them.
   */
  public void sealAnew(String id) {
    moves.moveDurably(
        new Transition.ReceivedAgain(id, true), MessageState.SEALED, MessageState.SUBMITTED);
  }

  /** The same for a message that was put back by hand and still had transactions waiting. */
  public void retired(String id) {
    moves.moveDurably(new Transition.ReceivedAgain(id, true), MessageState.RECEIVED);
  }

  /**
   * QUARANTINED or FAILED → RECEIVED; MessageException WRONG_STATE for any other, and for one whose
   * bytes came again as another message.
   */
  public void reprocess(String id) {
    moves.moveDurably(
        new Transition.ReceivedAgain(id, false), MessageState.QUARANTINED, MessageState.FAILED);
  }

  /** The same for many, with one sync; how many. Those in another state are left alone. */
  public int reprocess(List<String> ids) {
    return moves.reprocess(ids);
  }

  /**
   * Lets go of a quarantined or failed message; on disk when it returns. Its content goes as that
   * of other finished ones does; the same bytes that come again are a duplicate of it, unless it
   * was discarded as damaged. Should an earlier transaction of it commit after all, it is
   * COMMITTED. MessageException UNKNOWN_MESSAGE or WRONG_STATE.
   */
  public void discard(String id, DiscardReason reason) {
    moves.discard(id, reason);
  }

  // ---- keeping

  /**
   * Gives disk space back: the content of messages that were finished so long ago, and what the
   * journals hold twice or for nobody. Whatever is not finished stays whole. Takes its time while
   * others go on; one at a time.
   */
  public Swept sweep(Duration contentKept) {
    return retention.sweep(contentKept);
  }

  /** Wakes whoever waits for work. */
  @Override
  public void close() {
    state.close();
  }
}
