package org.medseal.connectors.message;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageException.Reason;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.pseudonym.Pseudonym;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.journal.Frame;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalException;
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

  private static final long WAIT_STEP_MS = 200;
  private static final String PLACE_INBOX = "inbox";
  private static final Duration UNREAD_REST = Duration.ofSeconds(5);
  private static final int OUTBOX_FRAME_BYTES = 256 << 20;

  private final Journal inbox;
  private final Journal outbox;
  private final LocalCipher cipher;
  private final InboxFrames frames;
  private final MessageLimits limits;
  private final Times times;
  private final SecureRandom random = new SecureRandom();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workArrived = lock.newCondition();
  private final MessageIndex index;

  /** Appends under way by fingerprint, so that the same message twice at once is stored once. */
  private final Map<Bytes, CompletableFuture<Receipt>> arriving = new HashMap<>();

  private long arrivingBytes;
  private boolean closed;

  private MessageStore(Path inboxFolder, Path outboxFolder, Setup setup) {
    cipher = setup.cipher;
    frames = new InboxFrames(cipher);
    limits = setup.limits;
    times = setup.times;
    index = new MessageIndex(limits.finishedKept());
    long fileBytes = JournalOptions.defaults().fileBytes();
    inbox = Journal.open(inboxFolder, new JournalOptions(fileBytes, limits.maxFrameBytes()));
    try {
      outbox = Journal.open(outboxFolder, new JournalOptions(fileBytes, OUTBOX_FRAME_BYTES));
    } catch (RuntimeException e) {
      inbox.close();
      throw e;
    }
  }

  private record Setup(LocalCipher cipher, MessageLimits limits, Times times) {}

  /**
   * Rebuilds all state from the two folders; leases of an earlier run are gone, so what was being
   * worked on is handed out again. MessageException WRONG_KEY if the content is another key's.
   */
  public static MessageStore open(
      Path inboxFolder, Path outboxFolder, LocalCipher cipher, MessageLimits limits) {
    return open(inboxFolder, outboxFolder, cipher, limits, Times.system());
  }

  static MessageStore open(
      Path inboxFolder, Path outboxFolder, LocalCipher cipher, MessageLimits limits, Times times) {
    MessageStore store =
        new MessageStore(inboxFolder, outboxFolder, new Setup(cipher, limits, times));
    try {
      store.replay();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void replay() {
    boolean[] keyChecked = {false};
    inbox.replay(
        inbox.firstPosition(),
        (position, type, payload) -> {
          if (type == InboxFrames.RECEIVED) {
            if (!keyChecked[0]) {
              requireOwnKey(payload);
              keyChecked[0] = true;
            }
            InboxFrames.Head head = InboxFrames.head(payload);
            index.received(new Entry(head.receival(), position, head.sizeBytes()));
          }
        });
    outbox.replay(
        outbox.firstPosition(),
        (position, type, payload) ->
            Transition.decode(type, payload).ifPresent(t -> index.apply(t, position)));
  }

  private void requireOwnKey(byte[] payload) {
    try {
      frames.label(payload);
    } catch (CryptoException e) {
      throw new MessageException(
          Reason.WRONG_KEY, "the inbox was written under another storage key", e);
    }
  }

  // ---- receiving

  /**
   * Durable when it returns; callers share syncs. The same bytes on the same feed are stored once.
   * BackPressureException above the high-water mark, MessageException TOO_LARGE above the limit.
   */
  public Receipt receive(Arrival arrival) {
    if (arrival.raw().length > limits.maxMessageBytes()) {
      throw new MessageException(
          Reason.TOO_LARGE, "a message may have " + limits.maxMessageBytes() + " bytes");
    }
    Bytes fingerprint = hmac("medseal inbox duplicate", bytes(arrival.feed()), arrival.raw());
    Optional<Bytes> controlKey =
        arrival
            .controlId()
            .map(id -> hmac("medseal inbox control id", bytes(arrival.feed()), bytes(id)));
    CompletableFuture<Receipt> mine = new CompletableFuture<>();
    CompletableFuture<Receipt> earlier;
    boolean conflict;
    lock.lock();
    try {
      requireOpen();
      Optional<String> known = index.withFingerprint(fingerprint);
      if (known.isPresent()) {
        return new Receipt(known.get(), Receipt.Status.DUPLICATE);
      }
      earlier = arriving.get(fingerprint);
      if (earlier == null) {
        requireRoom(arrival.raw().length);
        arriving.put(fingerprint, mine);
        arrivingBytes += arrival.raw().length;
      }
      conflict = controlKey.filter(index::hasControl).isPresent();
    } finally {
      lock.unlock();
    }
    if (earlier != null) {
      return new Receipt(join(earlier).id(), Receipt.Status.DUPLICATE);
    }
    try {
      Receival head =
          new Receival(
              newId(),
              arrival.feed(),
              arrival.format(),
              times.wall().millis(),
              Lanes.of(arrival, cipher),
              fingerprint,
              controlKey,
              conflict,
              arrival.defect());
      return store(head, arrival, mine);
    } catch (RuntimeException | Error e) { // else the sender's next attempt waits for ever
      arrived(fingerprint, arrival, mine);
      mine.completeExceptionally(e);
      throw e;
    }
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

  private Receipt store(Receival head, Arrival arrival, CompletableFuture<Receipt> mine) {
    byte[] frame = frames.encode(head, arrival.sourceLabel(), arrival.raw());
    long position = inbox.append(InboxFrames.RECEIVED, frame);
    inbox.syncThrough(position);
    Receipt receipt =
        new Receipt(head.id(), head.conflict() ? Receipt.Status.CONFLICT : Receipt.Status.NEW);
    lock.lock();
    try {
      index.received(new Entry(head, position, arrival.raw().length));
      workArrived.signal();
    } finally {
      lock.unlock();
    }
    arrived(head.fingerprint(), arrival, mine);
    mine.complete(receipt);
    return receipt;
  }

  private void arrived(Bytes fingerprint, Arrival arrival, CompletableFuture<Receipt> mine) {
    lock.lock();
    try {
      if (arriving.remove(fingerprint, mine)) {
        arrivingBytes -= arrival.raw().length;
      }
    } finally {
      lock.unlock();
    }
  }

  private static Receipt join(CompletableFuture<Receipt> earlier) {
    try {
      return earlier.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void requireRoom(int sizeBytes) {
    if (index.open() + arriving.size() >= limits.maxOpenMessages()
        || index.openBytes() + arrivingBytes + sizeBytes > limits.maxOpenBytes()) {
      throw new BackPressureException(
          "the inbox is full: " + index.open() + " messages wait for the ledger");
    }
  }

  private String newId() {
    byte[] tail = new byte[10];
    random.nextBytes(tail);
    return String.format("%012x", times.wall().millis()) + HexFormat.of().formatHex(tail);
  }

  // ---- looking

  public Optional<MessageView> find(String id) {
    return locked(() -> index.find(id).map(Entry::view));
  }

  /** By id, which is by time of arrival. */
  public List<MessageView> list(Optional<MessageState> state, int limit, Optional<String> afterId) {
    return locked(
        () -> {
          List<MessageView> views = new ArrayList<>();
          for (Entry entry : index.after(afterId)) {
            if (views.size() >= limit) {
              break;
            }
            if (state.isEmpty() || state.get() == entry.state) {
              views.add(entry.view());
            }
          }
          return views;
        });
  }

  /** Every state, with 0 where there is none. */
  public SortedMap<MessageState, Long> counts() {
    return locked(index::counts);
  }

  /** The content as it was received. */
  public byte[] raw(String id) {
    return frames.raw(inboxFrame(id).payload());
  }

  /** Where it came from, as the feed said. */
  public Optional<String> sourceLabel(String id) {
    return frames.label(inboxFrame(id).payload());
  }

  private Frame inboxFrame(String id) {
    return inbox.read(locked(() -> require(id).position));
  }

  // ---- working

  /**
   * The next message, of any feed unless one is named; waits at most so long for one.
   * MessageException UNREADABLE if it cannot be read: it is quarantined, or rests if its disk may
   * yet read it; CLOSED once the store is closed. JournalException once its disk has failed.
   */
  public Optional<Lease> lease(Optional<String> feed, Duration leaseFor, Duration waitAtMost)
      throws InterruptedException {
    Entry entry = null;
    long token = 0;
    lock.lock();
    try {
      long deadline = times.monotonicMs().getAsLong() + waitAtMost.toMillis();
      while (entry == null && !closed) {
        long now = times.monotonicMs().getAsLong();
        entry = index.work().lease(feed, now, now + leaseFor.toMillis()).orElse(null);
        if (entry == null) {
          if (now >= deadline) {
            return Optional.empty();
          }
          workArrived.await(Math.min(WAIT_STEP_MS, deadline - now), TimeUnit.MILLISECONDS);
        } else {
          token = entry.leaseToken;
        }
      }
      if (entry == null) {
        requireOpen();
        return Optional.empty();
      }
    } finally {
      lock.unlock();
    }
    return Optional.of(read(entry, token));
  }

  private Lease read(Entry entry, long token) {
    Receival head = entry.receival;
    try {
      byte[] raw = frames.raw(inbox.read(entry.position).payload());
      return new Lease(head.id(), head.feed(), head.format(), raw, entry.attempts, token);
    } catch (RuntimeException | Error e) {
      if (e instanceof JournalException journal
          && journal.reason() == JournalException.Reason.CLOSED) {
        throw journal;
      }
      if (isDamage(e)) {
        quarantined(head.id(), QuarantineReason.RULE_ERROR, PLACE_INBOX);
      } else if (e instanceof JournalException) { // its disk may yet read it
        release(new Attempt(head.id(), token), UNREAD_REST);
      } else {
        attemptFailed(new Attempt(head.id(), token), PLACE_INBOX, UNREAD_REST);
      }
      throw new MessageException(
          Reason.UNREADABLE, "message " + head.id() + " cannot be read from the inbox", e);
    }
  }

  /** Reading it again would not help. */
  private static boolean isDamage(Throwable e) {
    return e instanceof CryptoException
        || e instanceof CodecException
        || (e instanceof JournalException journal
            && (journal.reason() == JournalException.Reason.DAMAGED
                || journal.reason() == JournalException.Reason.NO_SUCH_FRAME));
  }

  /** Gives an unfinished message back, to be handed out again after the delay. */
  public void release(Lease lease, Duration delay) {
    release(new Attempt(lease.id(), lease.token()), delay);
  }

  /**
   * The same after a failure that time will not mend: the message is quarantined with RULE_ERROR
   * and the place once that has happened {@link #MAX_ATTEMPTS} times. True if it now is.
   */
  public boolean attemptFailed(Lease lease, String place, Duration delay) {
    return attemptFailed(new Attempt(lease.id(), lease.token()), place, delay);
  }

  private record Attempt(String id, long token) {}

  private void release(Attempt attempt, Duration delay) {
    locked(
        () -> {
          held(attempt)
              .ifPresent(
                  e -> {
                    e.leaseToken = 0;
                    e.notBeforeMs = times.monotonicMs().getAsLong() + delay.toMillis();
                    workArrived.signal();
                  });
          return null;
        });
  }

  private boolean attemptFailed(Attempt attempt, String place, Duration delay) {
    return locked(
        () -> {
          boolean spent = held(attempt).filter(e -> ++e.failures >= MAX_ATTEMPTS).isPresent();
          if (spent) {
            quarantined(attempt.id(), QuarantineReason.RULE_ERROR, place);
          } else {
            release(attempt, delay);
          }
          return spent;
        });
  }

  private Optional<Entry> held(Attempt attempt) {
    return index
        .find(attempt.id())
        .filter(e -> e.state == MessageState.RECEIVED && !e.moving)
        .filter(e -> e.leaseToken == attempt.token());
  }

  /** Kept back with reason and place; not synced, for redoing the work gives it again. */
  public void quarantined(String id, QuarantineReason reason, String place) {
    move(new Transition.Quarantined(id, reason, place), MessageState.RECEIVED);
  }

  public void notARecord(String id, String kind) {
    move(new Transition.NotARecord(id, kind), MessageState.RECEIVED);
  }

  /** Stands for one patient of this institution; an HMAC, 16 bytes. */
  public Bytes patientKey(Pseudonym patient) {
    return hmac("medseal outbox patient", patient.documentPseudonym());
  }

  /** The next number in this patient's order, from 1; a number not used leaves a gap. */
  public long nextSequence(Bytes patientKey) {
    return locked(() -> index.nextSequence(patientKey));
  }

  /** What was sealed of this message, newest attempt. */
  public List<OutboxRecord> records(String id) {
    return locked(() -> require(id).records);
  }

  /** The transactions' bytes are on disk when it returns; only these are ever sent. */
  public void sealed(String id, List<SealedPart> parts) {
    Transition.Sealed sealed = new Transition.Sealed(id, List.copyOf(parts));
    byte[] frame = sealed.encode();
    Entry entry = beginMove(id);
    try {
      long position = outbox.append(sealed.type(), frame);
      outbox.syncThrough(position);
      locked(
          () -> {
            index.apply(sealed, position);
            return null;
          });
    } finally {
      locked(() -> entry.moving = false);
    }
  }

  private Entry beginMove(String id) {
    return locked(
        () -> {
          Entry entry = require(id, MessageState.RECEIVED);
          if (entry.moving) {
            throw new MessageException(Reason.WRONG_STATE, "message " + id + " is being sealed");
          }
          if (entry.records.stream().anyMatch(OutboxRecord::isLive)) {
            throw new MessageException(
                Reason.WRONG_STATE, "message " + id + " has a transaction that may yet commit");
          }
          entry.moving = true;
          return entry;
        });
  }

  // ---- the way to the ledger

  /** Messages with sealed records not yet known to be committed, oldest first. */
  public List<String> pending(int limit) {
    return locked(
        () -> {
          List<String> ids = new ArrayList<>();
          for (Entry entry : index.pending()) {
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
    MessageIndex.InOutbox at =
        locked(() -> index.inOutbox(txId))
            .orElseThrow(
                () -> new MessageException(Reason.UNKNOWN_MESSAGE, "no transaction " + txId));
    Frame frame = outbox.read(at.position());
    return Transition.decode(frame.type(), frame.payload())
        .filter(Transition.Sealed.class::isInstance)
        .flatMap(
            t ->
                ((Transition.Sealed) t)
                    .parts().stream().filter(p -> p.transaction().id().equals(txId)).findFirst())
        .orElseThrow(() -> new MessageException(Reason.UNKNOWN_MESSAGE, "no transaction " + txId))
        .transaction()
        .encoded()
        .toArray();
  }

  /** Message of one of our own transactions. */
  public Optional<String> messageOf(Hash txId) {
    return locked(() -> index.inOutbox(txId).map(MessageIndex.InOutbox::messageId));
  }

  /** The ledger has taken all of it up; harmless when told again. */
  public void submitted(String id) {
    locked(
        () -> {
          if (require(id).state == MessageState.SEALED) {
            append(new Transition.Submitted(id));
          }
          return null;
        });
  }

  /** One of our transactions is in a block; others are ignored. */
  public void committed(Hash txId, long height, int index0) {
    locked(
        () -> {
          Optional<MessageIndex.InOutbox> at = index.inOutbox(txId);
          if (at.isPresent()
              && index.find(at.get().messageId()).filter(e -> isUncommitted(e, txId)).isPresent()) {
            append(new Transition.Committed(at.get().messageId(), txId, height, index0));
          }
          return null;
        });
  }

  private static boolean isUncommitted(Entry entry, Hash txId) {
    return entry.records.stream().anyMatch(r -> r.txId().equals(txId) && !r.isCommitted());
  }

  /** Refused by a rule of the ledger, never by time. */
  public void failed(String id, String rule) {
    move(
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
    moveDurably(
        new Transition.ReceivedAgain(id, true), MessageState.SEALED, MessageState.SUBMITTED);
  }

  /** The same for a message that was put back by hand and still had transactions waiting. */
  public void retired(String id) {
    moveDurably(new Transition.ReceivedAgain(id, true), MessageState.RECEIVED);
  }

  /** QUARANTINED or FAILED → RECEIVED; MessageException WRONG_STATE for any other. */
  public void reprocess(String id) {
    moveDurably(
        new Transition.ReceivedAgain(id, false), MessageState.QUARANTINED, MessageState.FAILED);
  }

  private void moveDurably(Transition transition, MessageState... from) {
    outbox.syncThrough(move(transition, from));
  }

  private long move(Transition transition, MessageState... from) {
    return locked(
        () -> {
          Entry entry = require(transition.messageId(), from);
          if (entry.moving) {
            throw new MessageException(
                Reason.WRONG_STATE, "message " + entry.id() + " is being sealed");
          }
          return append(transition);
        });
  }

  private long append(Transition transition) {
    long position = outbox.append(transition.type(), transition.encode());
    index.apply(transition, position);
    workArrived.signal();
    return position;
  }

  // ---- closing

  /** Wakes whoever waits for work. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      workArrived.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      inbox.close();
    } finally {
      outbox.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new MessageException(Reason.CLOSED, "the message store is closed");
    }
  }

  private Entry require(String id, MessageState... states) {
    Entry entry =
        index
            .find(id)
            .orElseThrow(() -> new MessageException(Reason.UNKNOWN_MESSAGE, "no message " + id));
    if (states.length > 0 && !List.of(states).contains(entry.state)) {
      throw new MessageException(
          Reason.WRONG_STATE, "message " + id + " is " + entry.state + ", not as expected");
    }
    return entry;
  }

  private Bytes hmac(String context, byte[]... parts) {
    return InboxFrames.shortened(cipher.fingerprint(context, parts));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
