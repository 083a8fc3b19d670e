package org.medseal.connectors.message;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.medseal.connectors.message.MessageException.Reason;
import org.medseal.ledger.model.Bytes;

/** How a message gets into the inbox: once, durable, and only while there is room. */
final class Receiving {
  private final StoreState state;
  private final SecureRandom random = new SecureRandom();

  /** Appends under way by fingerprint, so that the same message twice at once is stored once. */
  private final Map<Bytes, CompletableFuture<Receipt>> arriving = new HashMap<>();

  private long arrivingBytes;

  Receiving(StoreState state) {
    this.state = state;
  }

  /** What the lock said: known already, on its way in another thread, or ours to store. */
  private record Turn(Optional<Receipt> known, Optional<CompletableFuture<Receipt>> earlier) {
    static final Turn OURS = new Turn(Optional.empty(), Optional.empty());
  }

  /** {@link MessageStore#receive(Arrival)}. */
  Receipt receive(Arrival arrival) {
    int most = state.limits().maxMessageBytes();
    if (arrival.raw().length > most) {
      throw new MessageException(Reason.TOO_LARGE, "a message may have " + most + " bytes");
    }
    byte[] feed = bytes(arrival.feed());
    Bytes fingerprint = state.hmac("medseal inbox duplicate", feed, arrival.raw());
    Optional<Bytes> controlKey =
        arrival.controlId().map(id -> state.hmac("medseal inbox control id", feed, bytes(id)));
    CompletableFuture<Receipt> mine = new CompletableFuture<>();
    Turn turn = state.locked(() -> turn(fingerprint, arrival.raw().length, mine));
    if (turn.known().isPresent()) {
      return turn.known().get();
    }
    if (turn.earlier().isPresent()) {
      return new Receipt(join(turn.earlier().get()).id(), Receipt.Status.DUPLICATE);
    }
    try {
      Receipt receipt = store(head(arrival, fingerprint, controlKey), arrival);
      arrived(fingerprint, arrival, mine);
      mine.complete(receipt);
      return receipt;
    } catch (RuntimeException | Error e) { // else the sender's next attempt waits for ever
      arrived(fingerprint, arrival, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private Turn turn(Bytes fingerprint, int sizeBytes, CompletableFuture<Receipt> mine) {
    state.requireOpen();
    Optional<String> known = state.index().withFingerprint(fingerprint);
    if (known.isPresent()) {
      Receipt again = new Receipt(known.get(), Receipt.Status.DUPLICATE);
      return new Turn(Optional.of(again), Optional.empty());
    }
    CompletableFuture<Receipt> earlier = arriving.get(fingerprint);
    if (earlier != null) {
      return new Turn(Optional.empty(), Optional.of(earlier));
    }
    requireRoom(sizeBytes);
    arriving.put(fingerprint, mine);
    arrivingBytes += sizeBytes;
    return Turn.OURS;
  }

  private Receival head(Arrival arrival, Bytes fingerprint, Optional<Bytes> controlKey) {
    boolean conflict = state.locked(() -> controlKey.filter(state.index()::hasControl).isPresent());
    return new Receival(
        newId(),
        arrival.feed(),
        arrival.format(),
        state.times().wall().millis(),
        Lanes.of(arrival, state.cipher()),
        fingerprint,
        controlKey,
        conflict,
        arrival.defect());
  }

  private Receipt store(Receival head, Arrival arrival) {
    byte[] frame = state.frames().encode(head, arrival.sourceLabel(), arrival.raw());
    long position = state.inbox().append(InboxFrames.RECEIVED, frame);
    state.inbox().syncThrough(position);
    state.underLock(
        () -> {
          state.index().received(new Entry(head, position, arrival.raw().length));
          state.signalWork();
        });
    return new Receipt(head.id(), head.conflict() ? Receipt.Status.CONFLICT : Receipt.Status.NEW);
  }

  private void arrived(Bytes fingerprint, Arrival arrival, CompletableFuture<Receipt> mine) {
    state.underLock(
        () -> {
          if (arriving.remove(fingerprint, mine)) {
            arrivingBytes -= arrival.raw().length;
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

  private void requireRoom(int sizeBytes) {
    MessageIndex index = state.index();
    MessageLimits limits = state.limits();
    if (index.open() + arriving.size() >= limits.maxOpenMessages()
        || index.openBytes() + arrivingBytes + sizeBytes > limits.maxOpenBytes()) {
      throw new BackPressureException(
          "the inbox is full: " + index.open() + " messages wait for the ledger");
    }
  }

  private String newId() {
    byte[] tail = new byte[10];
    random.nextBytes(tail);
    return String.format("%012x", state.times().wall().millis()) + HexFormat.of().formatHex(tail);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
