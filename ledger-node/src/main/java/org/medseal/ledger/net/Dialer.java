package org.medseal.ledger.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.medseal.ledger.model.Institution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials one peer until the network is closed, waiting longer after each failure. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
final class Dialer {
  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

  private static final Duration LASTING = Duration.ofSeconds(1);

  /** A refusal comes at once and costs nothing: the host is there and its node about to be. */
  private static final long REFUSED_MS = 500;

  private final PeerNetwork network;
  private final int peer;
  private long waitMs;

  Dialer(PeerNetwork network, int peer) {
    this.network = network;
    this.peer = peer;
    this.waitMs = network.settings().timing().firstRetry().toMillis();
  }

  void dialSoon() {
    schedule(ThreadLocalRandom.current().nextLong(1, 20));
  }

  private void schedule(long delayMs) {
    network.channels().schedule(this::dial, Duration.ofMillis(delayMs));
  }

  private void dial() {
    if (network.directory().isDismissed(peer)) {
      schedule(network.settings().timing().lastRetry().toMillis());
      return;
    }
    Institution institution = network.directory().get(peer);
    Optional<InetSocketAddress> address = network.settings().addresses().apply(institution);
    if (address.isEmpty() || network.isBanned(peer)) {
      retry();
      return;
    }
    network.lookups().find(address.get(), this::connect);
  }

  private void connect(InetSocketAddress found) {
    if (found.isUnresolved()) {
      LOG.debug("peer {} has no address", peer);
      retry();
      return;
    }
    ChannelFuture dialled = network.channels().dial(peer, found);
    dialled.addListener(done -> onDialled(dialled));
  }

  private void onDialled(ChannelFuture dialled) {
    if (!dialled.isSuccess()) {
      LOG.debug("peer {} does not answer: {}", peer, dialled.cause().getMessage());
      if (dialled.cause() instanceof ConnectException
          && !(dialled.cause() instanceof ConnectTimeoutException)) {
        waitMs = Math.min(waitMs, REFUSED_MS);
      }
      retry();
      return;
    }
    long since = System.nanoTime();
    dialled.channel().closeFuture().addListener(closed -> onClosed(since));
  }

  /** What lasted was a connection; the wait for the next starts over. */
  private void onClosed(long since) {
    if (System.nanoTime() - since > LASTING.toNanos()) {
      waitMs = network.settings().timing().firstRetry().toMillis();
    }
    retry();
  }

  /** Half of each wait is random, so that nodes that lost each other do not dial in step. */
  private void retry() {
    schedule(waitMs / 2 + ThreadLocalRandom.current().nextLong(waitMs / 2 + 1));
    waitMs = Math.min(network.settings().timing().lastRetry().toMillis(), 2 * waitMs);
  }
}
