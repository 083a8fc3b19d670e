package org.medseal.ledger.net;

import static org.medseal.ledger.net.TestPeers.FIRST;
import static org.medseal.ledger.net.TestPeers.SECOND;
import static org.medseal.ledger.net.TestPeers.genesis;
import static org.medseal.ledger.net.TestPeers.loopback;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The second institution's node, to which the others come, and what it heard. */
final class TestDoor implements AutoCloseable {
  /** Impatient, so that a test sees the end of it, but not with silence. */
  static final NetworkSettings.Timing SHORT =
      new NetworkSettings.Timing(
          Duration.ofMillis(400),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMillis(400),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  /** So patient with silence that only the number of places ends it. */
  static final NetworkSettings.Timing PATIENT =
      new NetworkSettings.Timing(
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  final TestPeers.Heard heard = new TestPeers.Heard();
  private final List<PeerNetwork> open = new ArrayList<>();

  PeerNetwork node(NetworkSettings.Timing timing) {
    PeerNetwork node =
        new PeerNetwork(
            new NetworkSettings(
                genesis("chain", FIRST, SECOND), 1, loopback(), each -> Optional.empty(), timing),
            SECOND,
            heard);
    return opened(node);
  }

  /** The first institution's node, which finds the second at this address. */
  PeerNetwork dialling(InetSocketAddress address, TestPeers.Heard listener) {
    PeerNetwork first =
        new PeerNetwork(
            new NetworkSettings(
                genesis("chain", FIRST, SECOND),
                0,
                loopback(),
                each -> Optional.of(address),
                PATIENT),
            FIRST,
            listener);
    return opened(first);
  }

  /** To be closed with the rest. */
  PeerNetwork opened(PeerNetwork node) {
    open.add(node);
    return node;
  }

  @Override
  public void close() {
    open.forEach(PeerNetwork::close);
  }
}
