package org.medseal.connectors.message;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.message.MessageException.Reason;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.Frame;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Bytes;

/** What the parts of a store share: two journals, and the index under one lock. */
final class StoreState implements AutoCloseable {
  private static final String SPOOL = "spool";
  private static final int OUTBOX_FRAME_BYTES = 256 << 20;

  private final Journal inbox;
  private final Journal outbox;
  private final LocalCipher cipher;
  private final InboxFrames frames;
  private final MessageLimits limits;
  private final Times times;
  private final MessageIndex index;
  private final Spool spool;
  private final long fileBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workArrived = lock.newCondition();
  private boolean closed;

  /** What is done under the lock. */
  interface Action<T, E extends Exception> {
    T run() throws E;
  }

  record Setup(LocalCipher cipher, MessageLimits limits, Times times, Disk disk, long fileBytes) {}

  /** Call {@link #replay} before anything else. */
  StoreState(Path inboxFolder, Path outboxFolder, Setup setup) {
    cipher = setup.cipher();
    frames = new InboxFrames(cipher);
    limits = setup.limits();
    times = setup.times();
    index = new MessageIndex(limits);
    fileBytes = setup.fileBytes();
    Disk disk = setup.disk();
    spool =
        new Spool(
            new Spool.Place(inboxFolder.resolve(SPOOL), disk), cipher, limits, this::requireRoom);
    inbox = Journal.open(inboxFolder, new JournalOptions(fileBytes, limits.maxFrameBytes()), disk);
    try {
      spool.createFolder();
      outbox = Journal.open(outboxFolder, new JournalOptions(fileBytes, OUTBOX_FRAME_BYTES), disk);
    } catch (RuntimeException e) {
      inbox.close();
      throw e;
    }
  }

  /** MessageException WRONG_KEY if the content is another key's. */
  void replay() {
    boolean[] keyChecked = {false};
    inbox.replay(
        inbox.firstPosition(),
        (position, type, payload) -> {
          if (type == InboxFrames.DUPLICATES) {
            InboxFrames.duplicates(payload)
                .forEach(each -> index.forgotten().add(each.fingerprint(), each.minute()));
            return;
          }
          Frame frame = new Frame(position, type, payload);
          InboxFrames.Head head = InboxFrames.head(frame);
          if (head.hasContent() && !keyChecked[0]) {
            requireOwnKey(frame);
            keyChecked[0] = true;
          }
          index
              .find(head.receival().id())
              .ifPresentOrElse(
                  known -> moved(known, position, head.hasContent()),
                  () -> index.received(head, position));
        });
    outbox.replay(
        outbox.firstPosition(),
        (position, type, payload) ->
            Transition.decode(type, payload).ifPresent(t -> index.apply(t, position)));
    index.replayed();
    spool.sweep(index.spooled());
  }

  /** BackPressureException while the inbox is full. */
  void requireRoom() {
    underLock(
        () -> {
          requireOpen();
          if (index.open() >= limits.maxOpenMessages()
              || index.openBytes() >= limits.maxOpenBytes()) {
            throw new BackPressureException(
                "the inbox is full: " + index.open() + " messages wait for the ledger");
          }
        });
  }

  Spool spool() {
    return spool;
  }

  /** Only inside the lock: the message now stands in another frame of the inbox. */
  static void moved(Entry entry, long position, boolean hasContent) {
    entry.position = position;
    entry.hasContent = hasContent;
  }

  private void requireOwnKey(Frame frame) {
    try {
      frames.requireOwnKey(frame);
    } catch (CryptoException e) {
      throw new MessageException(
          Reason.WRONG_KEY, "the inbox was written under another storage key", e);
    }
  }

  /** What was received; MessageException GONE if it is no longer kept. */
  Content content(Entry entry) {
    return frames.content(inboxFrame(entry), spool);
  }

  /** Where it came from; GONE as with the content. */
  Optional<String> label(Entry entry) {
    return frames.label(inboxFrame(entry));
  }

  /** Of one that has content. */
  private Frame inboxFrame(Entry entry) {
    long at = positionOf(entry);
    while (true) {
      try {
        return inbox.read(at);
      } catch (JournalException e) {
        long now = positionOf(entry);
        if (now == at) {
          throw e;
        }
        at = now; // carried to the journal's end in between
      }
    }
  }

  private long positionOf(Entry entry) {
    return locked(
        () -> {
          if (!entry.hasContent) {
            throw new MessageException(
                Reason.GONE, "the content of message " + entry.id() + " is no longer kept");
          }
          return entry.position;
        });
  }

  Journal inbox() {
    return inbox;
  }

  Journal outbox() {
    return outbox;
  }

  LocalCipher cipher() {
    return cipher;
  }

  /** A file of either journal that has reached this is followed by a new one. */
  long fileBytes() {
    return fileBytes;
  }

  InboxFrames frames() {
    return frames;
  }

  MessageLimits limits() {
    return limits;
  }

  Times times() {
    return times;
  }

  /** Only inside {@link #locked}. */
  MessageIndex index() {
    return index;
  }

  <T, E extends Exception> T locked(Action<T, E> action) throws E {
    lock.lock();
    try {
      return action.run();
    } finally {
      lock.unlock();
    }
  }

  void underLock(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Only inside {@link #locked}: somebody may find work now. */
  void signalWork() {
    workArrived.signal();
  }

  /** Only inside {@link #locked}, which is let go while waiting. */
  @SuppressWarnings("WaitNotInLoop") // the caller looks again
  void awaitWork(long waitMs) throws InterruptedException {
    workArrived.await(waitMs, TimeUnit.MILLISECONDS);
  }

  /** Only inside {@link #locked}; of any state if none is named. */
  Entry require(String id, MessageState... states) {
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

  void requireOpen() {
    if (closed) {
      throw new MessageException(Reason.CLOSED, "the message store is closed");
    }
  }

  Bytes hmac(String context, byte[]... parts) {
    return InboxFrames.shortened(cipher.fingerprint(context, parts));
  }

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
}
