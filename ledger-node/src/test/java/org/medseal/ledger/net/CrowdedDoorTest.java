package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medseal.ledger.net.TestPeers.FIRST;
import static org.medseal.ledger.net.TestPeers.PATIENCE;
import static org.medseal.ledger.net.TestPeers.endsBeforeMessage;
import static org.medseal.ledger.net.TestPeers.genesis;
import static org.medseal.ledger.net.TestPeers.helloFrame;
import static org.medseal.ledger.net.TestPeers.loopback;
import static org.medseal.ledger.net.TestPeers.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.net.TestPeers.Heard;

/** However many stand at a node's door, a peer comes in. */
@Timeout(180)
class CrowdedDoorTest {
  private final TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aCrowdAtTheDoorIsKeptOutAndAPeerStillComesIn() throws Exception {
    PeerNetwork node = door.node(TestDoor.SHORT);
    InetSocketAddress address = node.listen();
    List<Socket> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      crowd.add(new Socket(address.getAddress(), address.getPort()));
    }
    Heard atFirst = new Heard();
    door.dialling(address, atFirst).connect();
    await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
    for (Socket each : crowd) {
      each.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(endsBeforeMessage(each)).isTrue();
      each.close();
    }
    assertThat(atFirst.events).contains("connected 1");
  }

  @Test
  void strangersFromManyAddressesDoNotHoldUpAPeer() throws Exception {
    PeerNetwork node = door.node(TestDoor.PATIENT);
    InetSocketAddress address = node.listen();
    AtomicBoolean over = new AtomicBoolean();
    Thread strangers = knocking(address, over);
    strangers.start();
    try {
      await().atMost(PATIENCE).until(() -> node.waiting() > 100);
      Heard atFirst = new Heard();
      PeerNetwork first = door.dialling(address, atFirst);
      first.connect();
      await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
      await().atMost(PATIENCE).until(() -> atFirst.events.contains("connected 1"));
      assertThat(node.waiting()).isLessThan(300);
      assertThat(door.heard.events).containsExactly("connected 0");
    } finally {
      over.set(true);
      strangers.join();
    }
  }

  /**
   * Opens connections from eight addresses in turn without end, says nothing, and keeps those that
   * it is allowed to keep.
   */
  private static Thread knocking(InetSocketAddress to, AtomicBoolean over) {
    Runnable knocks =
        () -> {
          List<SocketChannel> held = new ArrayList<>();
          for (int i = 0; !over.get(); i++) {
            held.removeIf(CrowdedDoorTest::isEnded);
            try {
              SocketChannel next = SocketChannel.open();
              held.add(next);
              next.bind(new InetSocketAddress("127.0.0." + (2 + i % 8), 0)).connect(to);
              next.configureBlocking(false);
            } catch (IOException e) {
              Thread.onSpinWait(); // every port is taken until one closes
            }
          }
          held.forEach(CrowdedDoorTest::end);
        };
    return new Thread(knocks, "strangers");
  }

  private static boolean isEnded(SocketChannel stranger) {
    try {
      if (stranger.isConnected() && stranger.read(ByteBuffer.allocate(16)) >= 0) {
        return false;
      }
      end(stranger);
      return true;
    } catch (IOException e) {
      end(stranger);
      return true;
    }
  }

  private static void end(SocketChannel stranger) {
    try {
      stranger.close();
    } catch (IOException e) {
      assertThat(stranger.isOpen()).isFalse();
    }
  }

  @Test
  void severalPeersBehindOneAddressAllComeIn() throws Exception {
    TlsIdentity[] identities = new TlsIdentity[12];
    Arrays.setAll(identities, i -> TestPeers.identity());
    Genesis genesis = genesis("chain", identities);
    int last = identities.length - 1;
    PeerNetwork node =
        new PeerNetwork(
            new NetworkSettings(
                genesis, last, loopback(), each -> Optional.empty(), TestDoor.PATIENT),
            identities[last],
            door.heard);
    door.opened(node);
    InetSocketAddress address = node.listen();
    for (int i = 0; i < last; i++) {
      NetworkSettings settings =
          new NetworkSettings(
              genesis,
              i,
              loopback(),
              each ->
                  each.name().equals("hospital-" + last) ? Optional.of(address) : Optional.empty(),
              TestDoor.PATIENT);
      PeerNetwork peer = new PeerNetwork(settings, identities[i], new Heard());
      door.opened(peer);
      peer.connect();
    }
    await().atMost(PATIENCE).until(() -> door.heard.events.size() >= last);
    assertThat(door.heard.events).doesNotHaveDuplicates();
  }

  @Test
  void aPeerThatNeverGreetsHoldsOnePlace() throws Exception {
    PeerNetwork node = door.node(TestDoor.PATIENT);
    InetSocketAddress address = node.listen();
    try (SSLSocket mute = tls(address, Optional.of(FIRST))) {
      try (SSLSocket second = tls(address, Optional.of(FIRST))) {
        assertThat(endsBeforeMessage(mute)).isTrue();
        second.getOutputStream().write(helloFrame("chain"));
        await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
      }
    }
  }
}
