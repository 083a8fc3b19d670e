package org.medseal.connectors.dicomnet;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;
import org.medseal.connectors.dicomnet.upperlayer.Event;

/**
 * An established association as one worker thread sees it: it waits for what comes, and for what it
 * sends to be taken. Once it has ended every call throws, and it is never used again.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
final class Association {
  /** Larger PDUs than this make nothing faster. */
  private static final int MAX_SENT_BYTES = 128 << 10;

  private static final Pdu NONE = new Pdu.ReleaseReply();

  private final Channel channel;
  private final AssociationHandler handler;
  private final Indications indications;
  private final Terms terms;
  private final AtomicReference<Reason> ended = new AtomicReference<>();

  /** What was sent last, and how long the peer has to take it; of the worker alone. */
  private Optional<Sent> sent = Optional.empty();

  private record Sent(ChannelPromise taken, Duration within) {}

  /** A context both sides agreed on. */
  record Context(String abstractSyntax, String transferSyntax) {}

  /**
   * What was negotiated.
   *
   * @param peerMaxPduBytes 0 for any
   */
  record Terms(
      String callingAe, String calledAe, Map<Integer, Context> contexts, long peerMaxPduBytes) {
    Terms {
      contexts = Map.copyOf(contexts);
    }
  }

  Association(Channel channel, AssociationHandler handler, Indications indications, Terms terms) {
    this.channel = channel;
    this.handler = handler;
    this.indications = indications;
    this.terms = terms;
  }

  Terms terms() {
    return terms;
  }

  /** The longest fragment the peer takes in a PDU of its own. */
  int maxFragmentBytes() {
    long peer = terms.peerMaxPduBytes();
    long pdu = peer == 0 ? MAX_SENT_BYTES : Math.min(peer, MAX_SENT_BYTES);
    int even = 1;
    return (int) (pdu - Pdv.OVERHEAD) & ~even;
  }

  /** Says so to whoever waits; the first reason counts. On the event loop. */
  void end(Reason reason) {
    if (ended.compareAndSet(null, reason)) {
      indications.add(new Indication.Ended());
    }
  }

  boolean isEnded() {
    return ended.get() != null;
  }

  /** The next indication but an end; AssociationException once there is none to come. */
  Indication next(Duration within) throws AssociationException {
    Optional<Indication> next;
    try {
      next = take(ended.get() == null ? within : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abort(Reason.CLOSED, "we are being stopped");
    }
    if (next.isPresent() && !(next.get() instanceof Indication.Ended)) {
      return next.get();
    }
    if (ended.get() != null) {
      throw over();
    }
    throw abort(Reason.TIMED_OUT, "nothing whole came within " + within);
  }

  /** A peer that takes nothing of the last PDU is not waited for as long as one that is silent. */
  private Optional<Indication> take(Duration within)
      throws InterruptedException, AssociationException {
    Optional<Sent> waiting = sent.filter(each -> !each.taken().isDone());
    boolean shorter = waiting.filter(each -> each.within().compareTo(within) < 0).isPresent();
    if (!shorter) {
      return indications.take(within);
    }
    Duration first = waiting.get().within();
    Optional<Indication> next = indications.take(first);
    if (next.isPresent()) {
      return next;
    }
    requireTaken(waiting.get());
    return indications.take(within.minus(first));
  }

  private void requireTaken(Sent last) throws AssociationException {
    if (!last.taken().isDone() && ended.get() == null) {
      AssociationException slow = abort(Reason.TIMED_OUT, "the peer took nothing");
      channel.close();
      throw slow;
    }
  }

  /**
   * Returns when what was sent before has been taken, so that an answer costs its thread no wait of
   * its own; one PDU at most is on its way.
   */
  void send(Pdv pdv, Duration within) throws AssociationException {
    awaitSent();
    sent = Optional.of(new Sent(begin(Event.DATA_REQUEST, transfer(pdv)), within));
  }

  private static Pdu transfer(Pdv pdv) {
    return new Pdu.Transfer(List.of(pdv));
  }

  void answerRelease(Duration within) throws AssociationException {
    request(Event.RELEASE_RESPONSE, NONE, within);
  }

  void askRelease(Duration within) throws AssociationException {
    request(Event.RELEASE_REQUEST, NONE, within);
  }

  /** A-ABORT and the end; the peer's close is awaited by ARTIM, not by the caller. */
  AssociationException abort(Reason reason, String what) {
    if (ended.compareAndSet(null, reason)) {
      channel
          .eventLoop()
          .execute(() -> handler.request(Event.ABORT_REQUEST, NONE, channel.newPromise()));
    }
    return new AssociationException(reason, what);
  }

  void close() {
    channel.close().syncUninterruptibly();
  }

  private void request(Event event, Pdu pdu, Duration within) throws AssociationException {
    awaitSent();
    sent = Optional.of(new Sent(begin(event, pdu), within));
    awaitSent();
  }

  private ChannelPromise begin(Event event, Pdu pdu) throws AssociationException {
    if (ended.get() != null) {
      throw over();
    }
    ChannelPromise promise = channel.newPromise();
    channel.eventLoop().execute(() -> handler.request(event, pdu, promise));
    return promise;
  }

  private void awaitSent() throws AssociationException {
    if (sent.isEmpty()) {
      return;
    }
    Sent last = sent.get();
    sent = Optional.empty();
    ChannelPromise promise = last.taken();
    try {
      if (!promise.await(last.within().toMillis())) {
        requireTaken(last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abort(Reason.CLOSED, "we are being stopped");
    }
    if (!promise.isSuccess()) {
      throw new AssociationException(
          ended.get() == null ? Reason.CLOSED : ended.get(), "it has ended", promise.cause());
    }
  }

  private AssociationException over() {
    return new AssociationException(ended.get(), "the association has ended: " + ended.get());
  }
}
