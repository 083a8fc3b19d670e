package org.medseal.ledger.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.net.ssl.SSLException;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessages;
import org.medseal.ledger.model.Institution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to each peer: of two nodes the one that was admitted first dials. Sends are best
 * effort and never block; from any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
public final class PeerNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);

  private final NetworkSettings settings;
  private final PeerListener listener;
  private final PeerDirectory directory;
  private final PinnedTrust trust;
  private final Hello hello;
  private final SslContext serverTls;
  private final SslContext clientTls;
  private final AtomicReferenceArray<PeerConnection> connections;
  private final Map<Integer, Long> bannedUntilNanos = new ConcurrentHashMap<>();
  private final Door door;
  private final EventLoopGroup threads =
      new NioEventLoopGroup(2, new DefaultThreadFactory("ledger-net", true));
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private Optional<Channel> server = Optional.empty();
  private final Set<Integer> dialled = new HashSet<>(); // guarded by this
  private volatile boolean connecting;
  private volatile boolean closed;

  /** NetException BAD_CERTIFICATE if the identity is not the one the genesis pins for us. */
  public PeerNetwork(NetworkSettings settings, TlsIdentity identity, PeerListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.directory = new PeerDirectory(settings.institution(), settings.institutions());
    this.trust = new PinnedTrust(directory);
    this.door = new Door(directory::size, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    this.hello = Hello.of(settings.genesis());
    this.connections = new AtomicReferenceArray<>(Limits.INSTITUTIONS);
    OptionalInt pinned = trust.peer(identity.certificate());
    if (pinned.orElse(directory.self()) != directory.self()
        || (pinned.isEmpty() && !settings.joining())) {
      throw new NetException(
          NetException.Reason.BAD_CERTIFICATE,
          "the TLS certificate is not the one the ledger pins for " + settings.institution(),
          null);
    }
    try {
      serverTls =
          common(SslContextBuilder.forServer(identity.key(), identity.certificate()))
              .clientAuth(ClientAuth.REQUIRE)
              .build();
      clientTls =
          common(SslContextBuilder.forClient().keyManager(identity.key(), identity.certificate()))
              .build();
    } catch (SSLException e) {
      throw new NetException(NetException.Reason.BAD_CERTIFICATE, "cannot set up TLS", e);
    }
  }

  private SslContextBuilder common(SslContextBuilder builder) {
    return builder.sslProvider(SslProvider.JDK).protocols("TLSv1.3").trustManager(trust);
  }

  /** Listens; NetException CANNOT_LISTEN if the port is taken. Where it listens is returned. */
  public InetSocketAddress listen() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, new HeapReads())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
            .childHandler(initializer(OptionalInt.empty()));
    try {
      Channel channel = bootstrap.bind(settings.bind()).syncUninterruptibly().channel();
      server = Optional.of(channel);
      return (InetSocketAddress) channel.localAddress();
    } catch (Exception e) { // Netty throws the checked BindException undeclared
      throw new NetException(
          NetException.Reason.CANNOT_LISTEN,
          "cannot listen for peers on " + settings.bind() + ": " + e.getMessage(),
          e);
    }
  }

  /** Where it listens; empty before {@link #listen}. */
  Optional<InetSocketAddress> address() {
    return server.map(channel -> (InetSocketAddress) channel.localAddress());
  }

  /** Starts dialling. */
  public void connect() {
    connecting = true;
    dial();
  }

  private synchronized void dial() {
    if (connecting) {
      directory.dialled().stream()
          .filter(dialled::add)
          .forEach(peer -> new Dialer(this, peer).dialSoon());
    }
  }

  /**
   * The registry has changed: whoever is new may connect, whoever is dismissed is disconnected.
   *
   * @param institutions all there ever were, by their place
   * @param dismissed names of those that are no peers any more
   */
  public void update(List<Institution> institutions, Set<String> dismissed) {
    directory.update(institutions, dismissed);
    for (int i = 0; i < directory.size(); i++) {
      PeerConnection connection = connections.get(i);
      if (connection != null && directory.isDismissed(i)) {
        connection.close();
      }
    }
    dial();
  }

  public void send(int peer, PeerMessage message) {
    PeerConnection connection = connections.get(peer);
    if (connection != null) {
      connection.send(frame(message));
    }
  }

  /** As {@link #send}, but false instead of a closed connection if there is no room now. */
  public boolean offer(int peer, PeerMessage message) {
    PeerConnection connection = connections.get(peer);
    return connection != null && connection.offer(frame(message));
  }

  /** Whether so little waits for this peer that another chunk may be queued. */
  public boolean hasChunkRoom(int peer) {
    PeerConnection connection = connections.get(peer);
    return connection != null && connection.hasChunkRoom();
  }

  public boolean isConnected(int peer) {
    return connections.get(peer) != null;
  }

  /** Encoded once. */
  public void broadcast(PeerMessage message) {
    WireFrame frame = frame(message);
    for (int i = 0; i < directory.size(); i++) {
      PeerConnection connection = connections.get(i);
      if (connection != null) {
        connection.send(frame);
      }
    }
  }

  /** Disconnects a peer and refuses it for so long; from any thread. */
  public void ban(int peer, long forMs) {
    bannedUntilNanos.put(peer, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs));
    PeerConnection connection = connections.get(peer);
    if (connection != null) {
      connection.close();
    }
  }

  boolean isBanned(int peer) {
    Long until = bannedUntilNanos.get(peer);
    return until != null && until - System.nanoTime() > 0;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.ifPresent(channel -> channel.close().syncUninterruptibly());
    channels.close().awaitUninterruptibly();
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  boolean isClosed() {
    return closed;
  }

  NetworkSettings settings() {
    return settings;
  }

  PeerDirectory directory() {
    return directory;
  }

  PinnedTrust trust() {
    return trust;
  }

  Hello hello() {
    return hello;
  }

  PeerListener listener() {
    return listener;
  }

  EventLoopGroup threads() {
    return threads;
  }

  Bootstrap dialling(int peer) {
    return new Bootstrap()
        .group(threads)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.RCVBUF_ALLOCATOR, new HeapReads())
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.timing().handshake().toMillis())
        .handler(initializer(OptionalInt.of(peer)));
  }

  /** A newer connection replaces an older one: its dialer has given that one up. */
  void connected(PeerConnection connection) {
    PeerConnection older = connections.getAndSet(connection.peer(), connection);
    if (older != null) {
      older.close();
    }
    LOG.info("connected to {}", name(connection.peer()));
    listener.onConnected(connection.peer());
  }

  void disconnected(PeerConnection connection) {
    if (connections.compareAndSet(connection.peer(), connection, null)) {
      LOG.info("disconnected from {}", name(connection.peer()));
      listener.onDisconnected(connection.peer());
    }
  }

  private String name(int peer) {
    return directory.get(peer).name();
  }

  private static WireFrame frame(PeerMessage message) {
    return new WireFrame(FrameType.of(message), PeerMessages.encode(message));
  }

  private static WriteBufferWaterMark waterMark() {
    return new WriteBufferWaterMark(256 << 10, 1 << 20);
  }

  private ChannelInitializer<Channel> initializer(OptionalInt expected) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        Optional<Door.Guest> guest = expected.isPresent() ? Optional.empty() : admit(channel);
        if (closed || (expected.isEmpty() && guest.isEmpty())) {
          channel.close();
          return;
        }
        channels.add(channel);
        SslContext tls = expected.isPresent() ? clientTls : serverTls;
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(settings.timing().handshake().toMillis());
        channel
            .pipeline()
            .addLast(handler)
            .addLast(new FrameDecoder(settings.genesis(), settings.timing().stall()))
            .addLast(FrameEncoder.INSTANCE)
            .addLast(new PeerHandler(PeerNetwork.this, expected, guest));
      }
    };
  }

  private Optional<Door.Guest> admit(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress from)) {
      return Optional.empty();
    }
    Optional<Door.Guest> guest = door.admit(from.getAddress());
    guest.ifPresent(each -> channel.closeFuture().addListener(done -> each.left()));
    return guest;
  }
}
