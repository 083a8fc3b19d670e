package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medseal.ledger.net.PeerNetworkTest.FIRST;
import static org.medseal.ledger.net.PeerNetworkTest.SECOND;
import static org.medseal.ledger.net.PeerNetworkTest.STRANGER;
import static org.medseal.ledger.net.PeerNetworkTest.closesAfterTls;
import static org.medseal.ledger.net.PeerNetworkTest.endsBeforeMessage;
import static org.medseal.ledger.net.PeerNetworkTest.genesis;
import static org.medseal.ledger.net.PeerNetworkTest.helloFrame;
import static org.medseal.ledger.net.PeerNetworkTest.loopback;
import static org.medseal.ledger.net.PeerNetworkTest.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessages;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.net.PeerNetworkTest.Heard;

/** The second institution's node, and what strangers and bad peers do at its door. */
@Timeout(180)
class HostileWireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Impatient, so that a test sees the end of it, but not with silence. */
  private static final NetworkSettings.Timing SHORT =
      new NetworkSettings.Timing(
          Duration.ofMillis(400),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMillis(400),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  /** So patient with silence that only the number of places ends it. */
  private static final NetworkSettings.Timing PATIENT =
      new NetworkSettings.Timing(
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  private final List<PeerNetwork> open = new ArrayList<>();
  private final Heard heard = new Heard();

  @AfterEach
  void close() {
    open.forEach(PeerNetwork::close);
  }

  @Test
  void anOldVersionIsRefused() throws Exception {
    InetSocketAddress address = node(NetworkSettings.Timing.DEFAULT).listen();
    Genesis genesis = genesis("chain", FIRST, SECOND);
    Hello old = new Hello(Hello.VERSION - 1, "chain", Registries.genesisHash(genesis));
    assertThat(closesAfterTls(address, Optional.of(FIRST), bytes(old.frame()))).isTrue();
    assertThat(heard.events).isEmpty();
  }

  @Test
  void anotherGenesisOfTheSameNameIsRefused() throws Exception {
    InetSocketAddress address = node(NetworkSettings.Timing.DEFAULT).listen();
    Hello other = Hello.of(genesis("chain", FIRST, SECOND, STRANGER));
    assertThat(other.chainId()).isEqualTo("chain");
    assertThat(closesAfterTls(address, Optional.of(FIRST), bytes(other.frame()))).isTrue();
    assertThat(heard.events).isEmpty();
  }

  @Test
  void aNodeDoesNotTalkToItself() throws Exception {
    InetSocketAddress address = node(NetworkSettings.Timing.DEFAULT).listen();
    assertThat(closesAfterTls(address, Optional.of(SECOND), helloFrame("chain"))).isTrue();
    assertThat(heard.events).isEmpty();
  }

  @Test
  void tlsBelowOnePointThreeIsRefused() throws Exception {
    InetSocketAddress address = node(NetworkSettings.Timing.DEFAULT).listen();
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    TrustManager trust =
        new PinnedTrust(
            new PeerDirectory("hospital", genesis("chain", FIRST, SECOND).institutions()));
    context.init(null, new TrustManager[] {trust}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
    assertThat(heard.events).isEmpty();
  }

  @Test
  void anAnswerNobodyAskedForIsNotEvenDecoded() throws Exception {
    heard.awaits = false;
    InetSocketAddress address = node(NetworkSettings.Timing.DEFAULT).listen();
    try (SSLSocket peer = tls(address, Optional.of(FIRST))) {
      peer.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> heard.events.contains("connected 0"));
      for (FrameType unasked : List.of(FrameType.OLDER, FrameType.SNAPSHOTS, FrameType.CHUNKS)) {
        peer.getOutputStream().write(bytes(new WireFrame(unasked, new byte[] {99, 1, 2})));
      }
      byte[] request = PeerMessages.encode(new BlocksRequest(1, 2));
      for (int heardBefore : List.of(0, 1)) { // one may come along with what closes the connection
        peer.getOutputStream().write(bytes(new WireFrame(FrameType.CONSENSUS, request)));
        await().atMost(PATIENCE).until(() -> heard.messages.size() > heardBefore);
      }
      heard.awaits = true;
      peer.getOutputStream().write(bytes(new WireFrame(FrameType.OLDER, new byte[] {99, 1, 2})));
      await().atMost(PATIENCE).until(() -> heard.events.contains("disconnected 0"));
    }
    assertThat(heard.messages).containsOnly(new BlocksRequest(1, 2)).hasSize(2);
  }

  @Test
  void anAddressThatCannotBeLookedUpAtTheStartIsLookedUpAgain() {
    AtomicBoolean nameServerIsUp = new AtomicBoolean();
    AtomicInteger lookups = new AtomicInteger();
    NetworkSettings settings =
        new NetworkSettings(
            genesis("chain", FIRST, SECOND),
            1,
            loopback(),
            each -> {
              lookups.incrementAndGet();
              return Optional.of(
                  nameServerIsUp.get()
                      ? new InetSocketAddress("127.0.0.9", 1)
                      : InetSocketAddress.createUnresolved("first.invalid", 1));
            },
            SHORT);
    PeerNetwork node = new PeerNetwork(settings, SECOND, heard);
    open.add(node);
    node.connect();
    await().atMost(PATIENCE).until(() -> lookups.get() >= 3);
    InetAddress first = new InetSocketAddress("127.0.0.9", 1).getAddress();
    assertThat(node.isExpected(first)).isFalse();
    nameServerIsUp.set(true);
    await().atMost(PATIENCE).until(() -> node.isExpected(first));
  }

  @Test
  void aSecondConnectionOfAPeerReplacesItsFirst() throws Exception {
    InetSocketAddress address = node(NetworkSettings.Timing.DEFAULT).listen();
    try (SSLSocket first = tls(address, Optional.of(FIRST))) {
      first.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> heard.events.size() == 1);
      try (SSLSocket second = tls(address, Optional.of(FIRST))) {
        second.getOutputStream().write(helloFrame("chain"));
        assertThat(endsBeforeMessage(first)).isTrue();
        await().atMost(PATIENCE).until(() -> heard.events.size() == 2);
        assertThat(heard.events).containsOnly("connected 0");
      }
    }
  }

  @Test
  void whoeverStopsInTheHandshakeIsDisconnected() throws Exception {
    InetSocketAddress address = node(SHORT).listen();
    try (Socket silent = new Socket(address.getAddress(), address.getPort())) {
      silent.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(endsBeforeMessage(silent)).isTrue();
    }
    try (SSLSocket mute = tls(address, Optional.of(FIRST))) {
      assertThat(endsBeforeMessage(mute)).as("TLS, but no greeting").isTrue();
    }
    assertThat(heard.events).isEmpty();
  }

  @Test
  void whoeverDripsAFrameIsDisconnected() throws Exception {
    InetSocketAddress address = node(SHORT).listen();
    try (SSLSocket slow = tls(address, Optional.of(FIRST))) {
      slow.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> heard.events.contains("connected 0"));
      slow.getOutputStream().write(ByteBuffer.allocate(5).putInt(60_000).put((byte) 2).array());
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> drip(slow) && heard.events.contains("disconnected 0"));
    }
  }

  /** Another byte, if somebody still takes it. */
  private static boolean drip(SSLSocket slow) {
    try {
      slow.getOutputStream().write(0);
      return true;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aBannedPeerIsDisconnectedAndNotLetInBeforeItsTime() throws Exception {
    PeerNetwork node = node(NetworkSettings.Timing.DEFAULT);
    InetSocketAddress address = node.listen();
    try (SSLSocket peer = tls(address, Optional.of(FIRST))) {
      peer.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> heard.events.contains("connected 0"));
      node.ban(0, 3_600_000);
      assertThat(endsBeforeMessage(peer)).isTrue();
    }
    assertThat(closesAfterTls(address, Optional.of(FIRST), helloFrame("chain"))).isTrue();
    assertThat(heard.events.stream().filter("connected 0"::equals)).hasSize(1);
    node.ban(0, 0);
    try (SSLSocket peer = tls(address, Optional.of(FIRST))) {
      peer.getOutputStream().write(helloFrame("chain"));
      await()
          .atMost(PATIENCE)
          .until(() -> heard.events.stream().filter("connected 0"::equals).count() == 2);
    }
  }

  @Test
  void aCrowdAtTheDoorIsKeptOutAndAPeerStillComesIn() throws Exception {
    PeerNetwork node = node(SHORT);
    InetSocketAddress address = node.listen();
    List<Socket> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      crowd.add(new Socket(address.getAddress(), address.getPort()));
    }
    Heard atFirst = new Heard();
    dialling(address, atFirst).connect();
    await().atMost(PATIENCE).until(() -> heard.events.contains("connected 0"));
    for (Socket each : crowd) {
      each.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(endsBeforeMessage(each)).isTrue();
      each.close();
    }
    assertThat(atFirst.events).contains("connected 1");
  }

  @Test
  void strangersFromManyAddressesDoNotHoldUpAPeer() throws Exception {
    PeerNetwork node = node(PATIENT);
    InetSocketAddress address = node.listen();
    AtomicBoolean over = new AtomicBoolean();
    Thread strangers = knocking(address, over);
    strangers.start();
    try {
      await().atMost(PATIENCE).until(() -> node.waiting() > 100);
      Heard atFirst = new Heard();
      PeerNetwork first = dialling(address, atFirst);
      first.connect();
      await().atMost(PATIENCE).until(() -> heard.events.contains("connected 0"));
      await().atMost(PATIENCE).until(() -> atFirst.events.contains("connected 1"));
      assertThat(node.waiting()).isLessThan(300);
      assertThat(heard.events).containsExactly("connected 0");
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
            held.removeIf(HostileWireTest::isEnded);
            try {
              SocketChannel next = SocketChannel.open();
              held.add(next);
              next.bind(new InetSocketAddress("127.0.0." + (2 + i % 8), 0)).connect(to);
              next.configureBlocking(false);
            } catch (IOException e) {
              Thread.onSpinWait(); // no port left for now
            }
          }
          held.forEach(HostileWireTest::end);
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
    Arrays.setAll(identities, i -> PeerNetworkTest.identity());
    Genesis genesis = genesis("chain", identities);
    int last = identities.length - 1;
    PeerNetwork node =
        new PeerNetwork(
            new NetworkSettings(genesis, last, loopback(), each -> Optional.empty(), PATIENT),
            identities[last],
            heard);
    open.add(node);
    InetSocketAddress address = node.listen();
    for (int i = 0; i < last; i++) {
      NetworkSettings settings =
          new NetworkSettings(
              genesis,
              i,
              loopback(),
              each ->
                  each.name().equals("hospital-" + last) ? Optional.of(address) : Optional.empty(),
              PATIENT);
      PeerNetwork peer = new PeerNetwork(settings, identities[i], new Heard());
      open.add(peer);
      peer.connect();
    }
    await().atMost(PATIENCE).until(() -> heard.events.size() >= last);
    assertThat(heard.events).doesNotHaveDuplicates();
  }

  @Test
  void aPeerThatNeverGreetsHoldsOnePlace() throws Exception {
    PeerNetwork node = node(PATIENT);
    InetSocketAddress address = node.listen();
    try (SSLSocket mute = tls(address, Optional.of(FIRST))) {
      try (SSLSocket second = tls(address, Optional.of(FIRST))) {
        assertThat(endsBeforeMessage(mute)).isTrue();
        second.getOutputStream().write(helloFrame("chain"));
        await().atMost(PATIENCE).until(() -> heard.events.contains("connected 0"));
      }
    }
  }

  private PeerNetwork dialling(InetSocketAddress address, Heard listener) {
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
    open.add(first);
    return first;
  }

  private PeerNetwork node(NetworkSettings.Timing timing) {
    PeerNetwork node =
        new PeerNetwork(
            new NetworkSettings(
                genesis("chain", FIRST, SECOND), 1, loopback(), each -> Optional.empty(), timing),
            SECOND,
            heard);
    open.add(node);
    return node;
  }

  private static byte[] bytes(WireFrame frame) {
    return ByteBuffer.allocate(5 + frame.payload().length)
        .putInt(1 + frame.payload().length)
        .put((byte) frame.type().code())
        .put(frame.payload())
        .array();
  }
}
