package org.medseal.connectors.dicomnet;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.dicomnet.pdu.PduDecoder;
import org.medseal.connectors.dicomnet.pdu.PduEncoder;

/**
 * Listens for associations: C-ECHO and C-STORE as service class provider. Starts in {@link #start};
 * every association has a worker thread of the executor given, at most as many as the limits say.
 */
public final class StoreScp implements AutoCloseable {
  private static final int LOOP_THREADS = 2;
  private static final int READ_BYTES = 128 << 10;
  private static final long STOP_SECONDS = 5;

  private final ScpSettings settings;
  private final ExecutorService workers;
  private final ScpWork work;
  private final ScpCounts counts;
  private final Semaphore free;
  private final Semaphore connections;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private EventLoopGroup loops;
  private Channel listening;

  /** {@code workers} makes a thread for every task it is given. */
  public StoreScp(ScpSettings settings, StoreHandler handler, ExecutorService workers) {
    this(settings, handler, workers, new ScpCounts());
  }

  /** {@code counts} go on from where they are. */
  public StoreScp(
      ScpSettings settings, StoreHandler handler, ExecutorService workers, ScpCounts counts) {
    this.settings = settings;
    this.workers = workers;
    this.work = new ScpWork(settings, handler, counts);
    this.counts = counts;
    int most = settings.limits().maxAssociations();
    this.free = new Semaphore(most);
    this.connections = new Semaphore(2 * most); // half of them may be at their handshake
  }

  /** BindException where the port is taken. */
  public void start() throws BindException {
    loops = new NioEventLoopGroup(LOOP_THREADS, new DefaultThreadFactory("dicom", true));
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                });
    var bound = bootstrap.bind(settings.address()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      BindException taken = new BindException("cannot listen on " + settings.address());
      taken.initCause(bound.cause());
      throw taken;
    }
    listening = bound.channel();
  }

  /** Of a started server. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Associations there is room for. */
  int room() {
    return free.availablePermits();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a connection too many has nothing to be told
  private void accept(SocketChannel channel) {
    if (!connections.tryAcquire()) {
      channel.close();
      return;
    }
    open.add(channel);
    channel.closeFuture().addListener(closed -> connections.release());
    settings.tls().ifPresent(tls -> channel.pipeline().addLast(new SslHandler(tls.server())));
    ScpUser user = new ScpUser(channel, settings, free, this::serve);
    AssociationHandler handler = AssociationHandler.acceptor(user, settings.timers().artim());
    user.use(handler, counts);
    channel
        .pipeline()
        .addLast(new PduDecoder(settings.limits().maxPduBytes()), new PduEncoder(), handler);
  }

  private void serve(Association association) {
    workers.execute(
        () -> {
          boolean released = false;
          counts.opened();
          try {
            released = work.serve(association);
          } finally {
            counts.ended(released);
            free.release();
          }
        });
  }

  /** Ends every association by closing its connection; what was not answered was not taken. */
  @Override
  public void close() {
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
    open.close().awaitUninterruptibly();
    if (loops != null) {
      loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
