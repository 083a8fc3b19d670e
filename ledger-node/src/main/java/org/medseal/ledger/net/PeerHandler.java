package org.medseal.ledger.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel from the TLS handshake on: identity by pin, greeting, then messages. Whatever is
 * wrong closes the channel and goes no further.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
final class PeerHandler extends SimpleChannelInboundHandler<WireFrame> {
  static final AttributeKey<Long> GENERATION = AttributeKey.valueOf("medseal.writability");
  private static final Logger LOG = LoggerFactory.getLogger(PeerHandler.class);

  private final PeerNetwork network;
  private final OptionalInt expected;
  private final Optional<Door.Guest> guest;
  private Optional<PeerConnection> connection = Optional.empty();
  private int peer = -1;

  /**
   * @param expected whom we dialled; empty for whoever dials us
   * @param guest whoever dials us, as the door knows it
   */
  PeerHandler(PeerNetwork network, OptionalInt expected, Optional<Door.Guest> guest) {
    this.network = network;
    this.expected = expected;
    this.guest = guest;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.channel().attr(GENERATION).set(0L);
    long millis = network.settings().timing().handshake().toMillis();
    context
        .executor()
        .schedule(
            () -> {
              if (connection.isEmpty()) {
                context.close();
              }
            },
            millis,
            TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        identify(context);
      } else {
        LOG.debug(
            "TLS with {} failed: {}", context.channel().remoteAddress(), reason(handshake.cause()));
        context.close();
      }
    } else if (event instanceof IdleStateEvent idle) {
      onIdle(context, idle.state());
    }
  }

  private void identify(ChannelHandlerContext context) {
    OptionalInt pinned = pinned(context);
    boolean welcome =
        pinned.isPresent()
            && !network.isBanned(pinned.getAsInt())
            && (expected.isPresent()
                ? expected.equals(pinned)
                : pinned.getAsInt() < network.directory().self());
    if (!welcome) {
      if (network.complaints().mayComplain()) {
        LOG.warn("refused {}: not the peer expected there", context.channel().remoteAddress());
      }
      context.close();
      return;
    }
    peer = pinned.getAsInt();
    guest.ifPresent(each -> each.identified(peer));
    context.writeAndFlush(network.hello().frame());
  }

  private OptionalInt pinned(ChannelHandlerContext context) {
    try {
      SslHandler tls = context.pipeline().get(SslHandler.class);
      var chain = tls.engine().getSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate certificate
          ? network.trust().peer(certificate)
          : OptionalInt.empty();
    } catch (SSLPeerUnverifiedException e) {
      return OptionalInt.empty();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WireFrame frame) {
    switch (frame.type()) {
      case HELLO -> greet(context, Hello.decode(frame.payload()));
      case PING -> {}
      default -> receive(frame);
    }
  }

  private void greet(ChannelHandlerContext context, Hello hello) {
    if (!hello.equals(network.hello())) {
      network.refused(peer, hello);
      context.close();
      return;
    }
    var timing = network.settings().timing();
    context
        .pipeline()
        .addBefore(
            context.name(),
            "idle",
            new IdleStateHandler(
                timing.silence().toMillis(), timing.ping().toMillis(), 0, TimeUnit.MILLISECONDS));
    PeerConnection made =
        new PeerConnection(
            context.channel(), peer, timing.stall(), network.room(), network.mayBeUnhandled());
    connection = Optional.of(made);
    guest.ifPresent(Door.Guest::greeted);
    network.connected(made);
  }

  /** An answer nobody asked for, or that comes too late, costs no more than its bytes. */
  private void receive(WireFrame frame) {
    PeerConnection from = connection.orElseThrow();
    if (frame
        .type()
        .answer()
        .filter(each -> !network.listener().isAwaited(peer, each))
        .isPresent()) {
      return;
    }
    PeerMessage message = PeerMessages.decode(frame.payload(), frame.payload().length);
    if (FrameType.of(message) != frame.type()) {
      throw new CodecException(CodecException.Reason.BAD_VALUE, "message in a foreign frame");
    }
    network.listener().onMessage(peer, message, from.taken(frame.payload().length));
  }

  private void onIdle(ChannelHandlerContext context, IdleState state) {
    if (state == IdleState.WRITER_IDLE) {
      context.writeAndFlush(WireFrame.PING);
    } else if (context.channel().config().isAutoRead()) {
      LOG.info("peer {} has been silent too long: disconnected", peer);
      context.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    long generation = context.channel().attr(GENERATION).get() + 1;
    context.channel().attr(GENERATION).set(generation);
    connection.ifPresent(each -> each.writabilityChanged(generation));
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.ifPresent(network::disconnected);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("closing {}: {}", context.channel().remoteAddress(), reason(cause));
    context.close();
  }

  private static String reason(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
