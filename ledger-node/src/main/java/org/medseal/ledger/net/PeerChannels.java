package org.medseal.ledger.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of a {@link PeerNetwork}, in and out, with the threads that serve them. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
final class PeerChannels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerChannels.class);
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 << 10, 1 << 20);

  private final PeerNetwork network;
  private final TlsContexts tls;
  private final Door door;
  private final EventLoopGroup threads =
      new NioEventLoopGroup(2, new DefaultThreadFactory("ledger-net", true));
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile Optional<Channel> server = Optional.empty();

  PeerChannels(PeerNetwork network, TlsContexts tls, Door door) {
    this.network = network;
    this.tls = tls;
    this.door = door;
  }

  /** On a network thread, unless the network is closed by then. */
  void schedule(Runnable task, Duration delay) {
    if (network.isClosed()) {
      return;
    }
    try {
      threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("nothing is begun any more: the network is closed");
    }
  }

  /** NetException CANNOT_LISTEN if the port is taken. Where it listens is returned. */
  InetSocketAddress listen(InetSocketAddress bind) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, new HeapReads())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(initializer(OptionalInt.empty()));
    try {
      Channel channel = bootstrap.bind(bind).syncUninterruptibly().channel();
      server = Optional.of(channel);
      return (InetSocketAddress) channel.localAddress();
    } catch (Exception e) { // Netty throws the checked BindException undeclared
      throw new NetException(
          NetException.Reason.CANNOT_LISTEN,
          "cannot listen for peers on " + bind + ": " + e.getMessage(),
          e);
    }
  }

  /** Where it listens; empty before {@link #listen}. */
  Optional<InetSocketAddress> address() {
    return server.map(channel -> (InetSocketAddress) channel.localAddress());
  }

  /** From any thread. */
  ChannelFuture dial(int peer, InetSocketAddress address) {
    return new Bootstrap()
        .group(threads)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.RCVBUF_ALLOCATOR, new HeapReads())
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, handshakeMs())
        .handler(initializer(OptionalInt.of(peer)))
        .connect(address);
  }

  private int handshakeMs() {
    return (int) network.settings().timing().handshake().toMillis();
  }

  /**
   * @param expected whom we dial; empty for whoever dials us
   */
  private ChannelInitializer<Channel> initializer(OptionalInt expected) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        Optional<Door.Guest> guest = expected.isPresent() ? Optional.empty() : admit(channel);
        if (network.isClosed() || (expected.isEmpty() && guest.isEmpty())) {
          channel.close();
          return;
        }
        channels.add(channel);
        SslHandler handler = tls.newHandler(expected.isPresent());
        handler.setHandshakeTimeoutMillis(handshakeMs());
        channel
            .pipeline()
            .addLast(handler)
            .addLast(
                new FrameDecoder(network.settings().genesis(), network.settings().timing().stall()))
            .addLast(FrameEncoder.INSTANCE)
            .addLast(new PeerHandler(network, expected, guest));
      }
    };
  }

  private Optional<Door.Guest> admit(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress from)) {
      return Optional.empty();
    }
    InetAddress address = from.getAddress();
    Optional<Door.Guest> guest = door.admit(address, channel::close);
    guest.ifPresent(each -> channel.closeFuture().addListener(done -> each.left()));
    return guest;
  }

  @Override
  public void close() {
    server.ifPresent(channel -> channel.close().syncUninterruptibly());
    channels.close().awaitUninterruptibly();
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
