package org.medseal.ledger.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One that dials this node: the door is told its address by the name the ledger gives, again and
 * again while it is not connected. A name server that is down at the start, or a name that moves,
 * so leaves no peer among the strangers. Names are looked up on threads of their own.
 */
final class Caller {
  private final PeerNetwork network;
  private final Door door;
  private final int peer;
  private long waitMs;

  Caller(PeerNetwork network, Door door, int peer) {
    this.network = network;
    this.door = door;
    this.peer = peer;
    this.waitMs = network.settings().timing().firstRetry().toMillis();
  }

  /** Once. */
  void look() {
    find(() -> {});
  }

  /** Until the network is closed; never two lookups at a time. */
  void keepLooking() {
    find(this::later);
  }

  private void later() {
    network.channels().schedule(this::keepLooking, Duration.ofMillis(waitMs));
    waitMs = Math.min(network.settings().timing().lastRetry().toMillis(), 2 * waitMs);
  }

  private void find(Runnable then) {
    boolean wanted = !network.isConnected(peer) && !network.directory().isDismissed(peer);
    Optional<InetSocketAddress> address =
        network.settings().addresses().apply(network.directory().get(peer)).filter(any -> wanted);
    if (address.isEmpty()) {
      then.run();
      return;
    }
    network
        .lookups()
        .find(
            address.get(),
            found -> {
              if (!found.isUnresolved()) {
                door.expect(peer, found.getAddress());
              }
              then.run();
            });
  }
}
