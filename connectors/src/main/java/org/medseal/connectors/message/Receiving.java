package org.medseal.connectors.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.message.MessageException.Reason;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Bytes;

/** How a message gets into the inbox: once, durable, and only while there is room. */
final class Receiving {
  private final StoreState state;
  private final StoredCopy stored;
  private final SecureRandom random = new SecureRandom();

  /** Appends under way by fingerprint, so that the same message twice at once is stored once. */
  private final Map<Bytes, UnderWay> arriving = new HashMap<>();

  /** Control ids of these; the second message under one is a conflict though neither is stored. */
  private final Set<Bytes> arrivingControls = new HashSet<>();

  private long arrivingBytes;

  Receiving(StoreState state, StateMoves moves) {
    this.state = state;
    this.stored = new StoredCopy(state, moves);
  }

  private record UnderWay(String id, CompletableFuture<Receipt> receipt) {}

  /** What makes two messages the same, or of the same name. */
  private record Keys(Bytes fingerprint, Optional<Bytes> control) {}

  /** What the lock said: known already, on its way in another thread, or ours to store. */
  private sealed interface Turn {
    record Known(Receipt receipt) implements Turn {}

    record Elsewhere(CompletableFuture<Receipt> receipt) implements Turn {}

    /** {@code firstOfName}: to be taken off {@link #arrivingControls} in the end. */
    record Ours(boolean conflict, boolean firstOfName) implements Turn {}
  }

  /** {@link MessageStore#receive(Arrival)}. */
  Receipt receive(Arrival arrival) {
    long most = state.limits().mostBytes(arrival.format());
    Content content = arrival.content();
    if (content.sizeBytes() > most) {
      throw new MessageException(Reason.TOO_LARGE, "a message may have " + most + " bytes");
    }
    if (content instanceof SpooledContent spooled) {
      return receive(arrival, spooled.written().orElseThrow().sha256());
    }
    boolean inJournal = content.sizeBytes() <= state.limits().inJournalBytes(arrival.format());
    if (inJournal && content instanceof HashedContent hashed) {
      return receive(arrival.with(hashed.content()), hashed.sha256());
    }
    if (inJournal) {
      byte[] bytes = content.bytes();
      return receive(arrival.with(Content.of(bytes)), Bytes.of(Digests.sha256(bytes)));
    }
    try (SpoolStream spool = state.spool().create();
        InputStream in = content.open()) {
      in.transferTo(spool);
      SpooledContent spooled = (SpooledContent) spool.finish();
      return receive(arrival.with(spooled), spooled.written().orElseThrow().sha256());
    } catch (IOException e) {
      throw new UncheckedIOException("a message could not be spooled", e);
    }
  }

  private Receipt receive(Arrival arrival, Bytes sha256) {
    Keys keys = keys(arrival, sha256);
    stored.giveUpIfDamaged(keys.fingerprint());
    UnderWay mine = new UnderWay(newId(), new CompletableFuture<>());
    Turn turn = state.locked(() -> turn(keys, arrival, mine));
    if (turn instanceof Turn.Known known) {
      return known.receipt();
    }
    if (turn instanceof Turn.Elsewhere other) {
      return new Receipt(join(other.receipt()).id(), Receipt.Status.DUPLICATE);
    }
    Turn.Ours ours = (Turn.Ours) turn;
    try {
      Receipt receipt = store(head(mine.id(), arrival, keys, ours.conflict()), arrival);
      arrived(keys, arrival, ours);
      mine.receipt().complete(receipt);
      return receipt;
    } catch (RuntimeException | Error e) { // else the sender's next attempt waits for ever
      arrived(keys, arrival, ours);
      mine.receipt().completeExceptionally(e);
      throw e;
    }
  }

  private Keys keys(Arrival arrival, Bytes sha256) {
    byte[] feed = bytes(arrival.feed());
    return new Keys(
        state.hmac("medseal inbox duplicate", feed, sha256.toArray()),
        arrival.controlId().map(id -> state.hmac("medseal inbox control id", feed, bytes(id))));
  }

  /** Only inside the lock: whether its frame may be in the journal without being known yet. */
  boolean isArriving(String id) {
    return arriving.values().stream().anyMatch(each -> each.id().equals(id));
  }

  private Turn turn(Keys keys, Arrival arrival, UnderWay mine) {
    state.requireOpen();
    Optional<String> known = known(keys.fingerprint());
    if (known.isPresent()) {
      duplicate(arrival);
      return new Turn.Known(new Receipt(known.get(), Receipt.Status.DUPLICATE));
    }
    UnderWay earlier = arriving.get(keys.fingerprint());
    if (earlier != null) {
      duplicate(arrival);
      return new Turn.Elsewhere(earlier.receipt());
    }
    long sizeBytes = arrival.content().sizeBytes();
    requireRoom(sizeBytes);
    arriving.put(keys.fingerprint(), mine);
    arrivingBytes += sizeBytes;
    boolean stored = keys.control().filter(state.index().keys()::hasControl).isPresent();
    boolean first = keys.control().filter(arrivingControls::add).isPresent();
    return new Turn.Ours(stored || (keys.control().isPresent() && !first), first);
  }

  /** One that is forgotten gets an id that is always the same. */
  private Optional<String> known(Bytes fingerprint) {
    Optional<Entry> known = state.index().keys().withFingerprint(fingerprint);
    OptionalInt minute = state.index().forgotten().minuteOf(fingerprint);
    return known.isPresent() || minute.isEmpty()
        ? known.map(Entry::id)
        : Optional.of(id(Fingerprints.startMs(minute.getAsInt()), fingerprint.toArray()));
  }

  private void duplicate(Arrival arrival) {
    state.index().feed(arrival.feed()).duplicate(state.times().wall().millis());
  }

  private Receival head(String id, Arrival arrival, Keys keys, boolean conflict) {
    return new Receival(
        id,
        arrival.feed(),
        arrival.format(),
        state.times().wall().millis(),
        Lanes.of(arrival, state.cipher()),
        keys.fingerprint(),
        keys.control(),
        conflict,
        arrival.defect(),
        spooled(arrival).map(SpooledContent::name));
  }

  private static Optional<SpooledContent> spooled(Arrival arrival) {
    return Optional.of(arrival.content())
        .filter(SpooledContent.class::isInstance)
        .map(SpooledContent.class::cast);
  }

  private Receipt store(Receival head, Arrival arrival) {
    // From here on the frame may be on disk, and a restart decides whether the file is named.
    spooled(arrival).flatMap(SpooledContent::written).ifPresent(w -> w.onTaken().run());
    byte[] frame = state.frames().encode(head, arrival.sourceLabel(), arrival.content());
    long position = state.inbox().append(InboxFrames.RECEIVED, frame);
    state.inbox().syncThrough(position);
    state.underLock(
        () -> {
          long sizeBytes = arrival.content().sizeBytes();
          state.index().received(new InboxFrames.Head(head, sizeBytes, position, true), position);
          state.signalWork();
        });
    return new Receipt(head.id(), head.conflict() ? Receipt.Status.CONFLICT : Receipt.Status.NEW);
  }

  private void arrived(Keys keys, Arrival arrival, Turn.Ours ours) {
    state.underLock(
        () -> {
          arriving.remove(keys.fingerprint());
          arrivingBytes -= arrival.content().sizeBytes();
          if (ours.firstOfName()) {
            keys.control().ifPresent(arrivingControls::remove);
          }
        });
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

  private void requireRoom(long sizeBytes) {
    MessageIndex index = state.index();
    MessageLimits limits = state.limits();
    if (index.open() + arriving.size() >= limits.maxOpenMessages()
        || index.openBytes() + arrivingBytes + sizeBytes > limits.maxOpenBytes()) {
      throw new BackPressureException(
          "the inbox is full: " + index.open() + " messages wait for the ledger");
    }
  }

  private String newId() {
    byte[] tail = new byte[MessageId.TAIL_BYTES];
    random.nextBytes(tail);
    return id(state.times().wall().millis(), tail);
  }

  private static String id(long atMs, byte[] tail) {
    return MessageId.of(atMs, tail).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
