package org.medseal.connectors.dicomnet;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.upperlayer.Action;
import org.medseal.connectors.dicomnet.upperlayer.Effect;
import org.medseal.connectors.dicomnet.upperlayer.Event;
import org.medseal.connectors.dicomnet.upperlayer.State;
import org.medseal.connectors.dicomnet.upperlayer.StateMachine;

/**
 * Carries out on a connection what the {@link StateMachine} says; all of it on the event loop. The
 * ARTIM timer runs from the connection on, so a TLS handshake counts too.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends in channelInactive
final class AssociationHandler extends SimpleChannelInboundHandler<Pdu> {
  private final StateMachine machine;
  private final ServiceUser user;
  private final Duration artim;
  private final Optional<AssociateRequest> request;
  private ChannelHandlerContext context;
  private Optional<ScheduledFuture<?>> running = Optional.empty();

  private AssociationHandler(
      StateMachine machine, ServiceUser user, Duration artim, Optional<AssociateRequest> request) {
    this.machine = machine;
    this.user = user;
    this.artim = artim;
    this.request = request;
  }

  static AssociationHandler acceptor(ServiceUser user, Duration artim) {
    return new AssociationHandler(
        new StateMachine(StateMachine.Side.ACCEPTOR), user, artim, Optional.empty());
  }

  static AssociationHandler requestor(ServiceUser user, Duration artim, AssociateRequest request) {
    return new AssociationHandler(
        new StateMachine(StateMachine.Side.REQUESTOR), user, artim, Optional.of(request));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    if (request.isPresent()) {
      machine.on(Event.ASSOCIATE_REQUEST); // AE-1: whoever adds this handler connects
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    received(
        request.isPresent() ? Event.TRANSPORT_CONFIRMED : Event.TRANSPORT_INDICATED,
        request.map(Pdu.class::cast).orElseGet(Pdu.ReleaseReply::new));
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    machine.on(Event.TRANSPORT_CLOSED);
    stopArtim();
    user.ended(Reason.CLOSED);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    if (!(cause instanceof ClosedChannelException)) {
      failed.close(); // the peer reset, or its TLS is none
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext read, Pdu pdu) {
    if (pdu instanceof AssociateRequest asked && (asked.protocolVersion() & 1) == 0) {
      machine.onUnacceptableRequest().ifPresent(action -> run(action, pdu));
    } else {
      received(event(pdu), pdu);
    }
  }

  private static Event event(Pdu pdu) {
    if (pdu instanceof Pdu.Transfer) {
      return Event.DATA_RECEIVED;
    } else if (pdu instanceof AssociateRequest) {
      return Event.ASSOCIATE_RQ_RECEIVED;
    } else if (pdu instanceof AssociateAccept) {
      return Event.ASSOCIATE_AC_RECEIVED;
    } else if (pdu instanceof Pdu.Reject) {
      return Event.ASSOCIATE_RJ_RECEIVED;
    } else if (pdu instanceof Pdu.ReleaseRequest) {
      return Event.RELEASE_RQ_RECEIVED;
    } else if (pdu instanceof Pdu.ReleaseReply) {
      return Event.RELEASE_RP_RECEIVED;
    } else if (pdu instanceof Pdu.Abort) {
      return Event.ABORT_RECEIVED;
    }
    return Event.INVALID_PDU_RECEIVED;
  }

  private void received(Event event, Pdu pdu) {
    machine.on(event).ifPresent(action -> run(action, pdu));
  }

  /** A request primitive of the local user, on the event loop; the promise tells of its PDU. */
  void request(Event event, Pdu pdu, ChannelPromise promise) {
    Optional<Action> action = machine.on(event);
    if (action.isEmpty()) {
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    run(action.get(), pdu);
    context.writeAndFlush(Unpooled.EMPTY_BUFFER, promise);
  }

  private void run(Action action, Pdu pdu) {
    for (Effect effect : action.effects()) {
      run(effect, pdu);
    }
    if (machine.state() == State.STA13) {
      context.channel().config().setAutoRead(true); // else its close would not be seen
    }
  }

  private void run(Effect effect, Pdu pdu) {
    switch (effect) {
      case CONNECT -> {} // done by whoever made the channel
      case SEND_ASSOCIATE_RQ, SEND_ASSOCIATE_AC, SEND_ASSOCIATE_RJ, SEND_DATA -> send(pdu);
      case SEND_PROVIDER_RJ -> send(new Pdu.Reject(1, 2, 2)); // protocol version
      case SEND_RELEASE_RQ -> send(new Pdu.ReleaseRequest());
      case SEND_RELEASE_RP -> send(new Pdu.ReleaseReply());
      case SEND_ABORT_BY_USER -> send(new Pdu.Abort(Pdu.Abort.BY_USER, Pdu.Abort.NO_REASON));
      case SEND_ABORT_BY_PROVIDER -> send(providerAbort(pdu));
      case INDICATE_ASSOCIATE -> answer(user.associate((AssociateRequest) pdu));
      case CONFIRM_ACCEPT -> user.accepted((AssociateAccept) pdu);
      case CONFIRM_REJECT -> user.rejected((Pdu.Reject) pdu);
      case INDICATE_DATA -> user.data((Pdu.Transfer) pdu);
      case INDICATE_RELEASE -> user.releaseIndicated();
      case CONFIRM_RELEASE -> user.released();
      case INDICATE_ABORT -> user.ended(Reason.ABORTED);
      case INDICATE_PROVIDER_ABORT -> user.ended(Reason.PROTOCOL);
      case START_ARTIM -> startArtim();
      case STOP_ARTIM -> stopArtim();
      case CLOSE -> close();
    }
  }

  private void answer(Pdu answer) {
    boolean accepted = answer instanceof AssociateAccept;
    received(accepted ? Event.ASSOCIATE_RESPONSE_ACCEPT : Event.ASSOCIATE_RESPONSE_REJECT, answer);
  }

  private static Pdu.Abort providerAbort(Pdu cause) {
    int unexpected = 2;
    int reason = cause instanceof Pdu.Invalid invalid ? invalid.reason().abortReason() : unexpected;
    return new Pdu.Abort(Pdu.Abort.BY_PROVIDER, reason);
  }

  private ChannelFuture send(Pdu pdu) {
    return context.writeAndFlush(pdu);
  }

  private void startArtim() {
    stopArtim();
    running =
        Optional.of(
            context
                .executor()
                .schedule(
                    () -> received(Event.ARTIM_EXPIRED, new Pdu.ReleaseReply()),
                    artim.toMillis(),
                    TimeUnit.MILLISECONDS));
  }

  private void stopArtim() {
    running.ifPresent(timer -> timer.cancel(false));
    running = Optional.empty();
  }

  private void close() {
    context.close();
  }

  State state() {
    return machine.state();
  }
}
