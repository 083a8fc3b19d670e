package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medseal.ledger.net.TestPeers.FIRST;
import static org.medseal.ledger.net.TestPeers.PATIENCE;
import static org.medseal.ledger.net.TestPeers.SECOND;
import static org.medseal.ledger.net.TestPeers.STRANGER;
import static org.medseal.ledger.net.TestPeers.bytes;
import static org.medseal.ledger.net.TestPeers.closesAfterTls;
import static org.medseal.ledger.net.TestPeers.endsBeforeMessage;
import static org.medseal.ledger.net.TestPeers.genesis;
import static org.medseal.ledger.net.TestPeers.helloFrame;
import static org.medseal.ledger.net.TestPeers.loopback;
import static org.medseal.ledger.net.TestPeers.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
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
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessages;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.LedgerRules;

/** The second institution's node, and what strangers and bad peers do at its door. */
@Timeout(180)
class HostileWireTest {
  private final TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aVersionThatSaysNoLedgerRulesIsRefused() throws Exception {
    assertThat(whyRefused(hello(Hello.VERSION - 1, 0)))
        .contains("does not say by which ledger rules")
        .contains("docs/operations.md");
  }

  @Test
  void aPeerOfOtherLedgerRulesIsRefusedUntilItComesWithTheSame() throws Exception {
    PeerNetwork node = door.node(NetworkSettings.Timing.DEFAULT);
    InetSocketAddress address = node.listen();
    Hello other = hello(Hello.VERSION, LedgerRules.NUMBER + 1);
    assertThat(closesAfterTls(address, Optional.of(FIRST), bytes(other.frame()))).isTrue();
    assertThat(node.whyRefused(0).orElseThrow())
        .startsWith(
            "it judges by ledger rules "
                + (LedgerRules.NUMBER + 1)
                + " and this node by rules "
                + LedgerRules.NUMBER
                + ": ")
        .doesNotContain("\n");
    assertThat(door.heard.events).isEmpty();
    try (SSLSocket same = tls(address, Optional.of(FIRST))) {
      same.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
      assertThat(node.whyRefused(0)).isEmpty();
    }
  }

  @Test
  void aLaterVersionIsRefusedByItsNumberWhateverItSaysBeyondIt() throws Exception {
    byte[] known = hello(Hello.VERSION + 1, LedgerRules.NUMBER).frame().payload();
    byte[] longer = Arrays.copyOf(known, known.length + 5);
    assertThat(Hello.decode(longer).version()).isEqualTo(Hello.VERSION + 1);
    assertThat(whyRefused(new WireFrame(FrameType.HELLO, longer)))
        .contains("it speaks version " + (Hello.VERSION + 1));
    byte[] own = hello(Hello.VERSION, LedgerRules.NUMBER).frame().payload();
    assertThatThrownBy(() -> Hello.decode(Arrays.copyOf(own, own.length + 1)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void whoeverRepeatsItselfIsNoNews() {
    OtherVersions others = new OtherVersions(hello(Hello.VERSION, 1));
    assertThat(others.refuse(3, hello(Hello.VERSION, 2))).isTrue();
    assertThat(others.refuse(3, hello(Hello.VERSION, 2))).isFalse();
    assertThat(others.refuse(4, hello(Hello.VERSION, 2))).isTrue();
    assertThat(others.refuse(3, hello(Hello.VERSION, 4))).isTrue();
    others.met(3);
    assertThat(others.why(3)).isEmpty();
    assertThat(others.why(4)).isPresent();
  }

  private static Hello hello(int version, int rules) {
    Genesis genesis = genesis("chain", FIRST, SECOND);
    return new Hello(version, "chain", Registries.genesisHash(genesis), rules);
  }

  private String whyRefused(Hello said) throws Exception {
    return whyRefused(said.frame());
  }

  private String whyRefused(WireFrame said) throws Exception {
    PeerNetwork node = door.node(NetworkSettings.Timing.DEFAULT);
    InetSocketAddress address = node.listen();
    assertThat(closesAfterTls(address, Optional.of(FIRST), bytes(said))).isTrue();
    assertThat(door.heard.events).isEmpty();
    return node.whyRefused(0).orElseThrow();
  }

  @Test
  void anotherGenesisOfTheSameNameIsRefused() throws Exception {
    PeerNetwork node = door.node(NetworkSettings.Timing.DEFAULT);
    InetSocketAddress address = node.listen();
    Hello other = Hello.of(genesis("chain", FIRST, SECOND, STRANGER));
    assertThat(other.chainId()).isEqualTo("chain");
    assertThat(closesAfterTls(address, Optional.of(FIRST), bytes(other.frame()))).isTrue();
    assertThat(door.heard.events).isEmpty();
    assertThat(node.whyRefused(0)).as("no matter of versions").isEmpty();
  }

  @Test
  void aNodeDoesNotTalkToItself() throws Exception {
    InetSocketAddress address = door.node(NetworkSettings.Timing.DEFAULT).listen();
    assertThat(closesAfterTls(address, Optional.of(SECOND), helloFrame("chain"))).isTrue();
    assertThat(door.heard.events).isEmpty();
  }

  @Test
  void tlsBelowOnePointThreeIsRefused() throws Exception {
    InetSocketAddress address = door.node(NetworkSettings.Timing.DEFAULT).listen();
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
    assertThat(door.heard.events).isEmpty();
  }

  @Test
  void anAnswerNobodyAskedForIsNotEvenDecoded() throws Exception {
    door.heard.awaits = false;
    InetSocketAddress address = door.node(NetworkSettings.Timing.DEFAULT).listen();
    try (SSLSocket peer = tls(address, Optional.of(FIRST))) {
      peer.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
      for (FrameType unasked : List.of(FrameType.OLDER, FrameType.SNAPSHOTS, FrameType.CHUNKS)) {
        peer.getOutputStream().write(bytes(new WireFrame(unasked, new byte[] {99, 1, 2})));
      }
      byte[] request = PeerMessages.encode(new BlocksRequest(1, 2));
      for (int heardBefore : List.of(0, 1)) { // one may come along with what closes the connection
        peer.getOutputStream().write(bytes(new WireFrame(FrameType.CONSENSUS, request)));
        await().atMost(PATIENCE).until(() -> door.heard.messages.size() > heardBefore);
      }
      door.heard.awaits = true;
      peer.getOutputStream().write(bytes(new WireFrame(FrameType.OLDER, new byte[] {99, 1, 2})));
      await().atMost(PATIENCE).until(() -> door.heard.events.contains("disconnected 0"));
    }
    assertThat(door.heard.messages).containsOnly(new BlocksRequest(1, 2)).hasSize(2);
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
            TestDoor.SHORT);
    PeerNetwork node = new PeerNetwork(settings, SECOND, door.heard);
    door.opened(node);
    node.connect();
    await().atMost(PATIENCE).until(() -> lookups.get() >= 3);
    InetAddress first = new InetSocketAddress("127.0.0.9", 1).getAddress();
    assertThat(node.isExpected(first)).isFalse();
    nameServerIsUp.set(true);
    await().atMost(PATIENCE).until(() -> node.isExpected(first));
  }

  @Test
  void aSecondConnectionOfAPeerReplacesItsFirst() throws Exception {
    InetSocketAddress address = door.node(NetworkSettings.Timing.DEFAULT).listen();
    try (SSLSocket first = tls(address, Optional.of(FIRST))) {
      first.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> door.heard.events.size() == 1);
      try (SSLSocket second = tls(address, Optional.of(FIRST))) {
        second.getOutputStream().write(helloFrame("chain"));
        assertThat(endsBeforeMessage(first)).isTrue();
        await().atMost(PATIENCE).until(() -> door.heard.events.size() == 2);
        assertThat(door.heard.events).containsOnly("connected 0");
      }
    }
  }

  @Test
  void whoeverStopsInTheHandshakeIsDisconnected() throws Exception {
    InetSocketAddress address = door.node(TestDoor.SHORT).listen();
    try (Socket silent = new Socket(address.getAddress(), address.getPort())) {
      silent.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(endsBeforeMessage(silent)).isTrue();
    }
    try (SSLSocket mute = tls(address, Optional.of(FIRST))) {
      assertThat(endsBeforeMessage(mute)).as("TLS, but no greeting").isTrue();
    }
    assertThat(door.heard.events).isEmpty();
  }

  @Test
  void whoeverDripsAFrameIsDisconnected() throws Exception {
    InetSocketAddress address = door.node(TestDoor.SHORT).listen();
    try (SSLSocket slow = tls(address, Optional.of(FIRST))) {
      slow.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
      slow.getOutputStream().write(ByteBuffer.allocate(5).putInt(60_000).put((byte) 2).array());
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> drip(slow) && door.heard.events.contains("disconnected 0"));
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
    PeerNetwork node = door.node(NetworkSettings.Timing.DEFAULT);
    InetSocketAddress address = node.listen();
    try (SSLSocket peer = tls(address, Optional.of(FIRST))) {
      peer.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> door.heard.events.contains("connected 0"));
      node.ban(0, 3_600_000);
      assertThat(endsBeforeMessage(peer)).isTrue();
    }
    assertThat(closesAfterTls(address, Optional.of(FIRST), helloFrame("chain"))).isTrue();
    assertThat(door.heard.events.stream().filter("connected 0"::equals)).hasSize(1);
    node.ban(0, 0);
    try (SSLSocket peer = tls(address, Optional.of(FIRST))) {
      peer.getOutputStream().write(helloFrame("chain"));
      await()
          .atMost(PATIENCE)
          .until(() -> door.heard.events.stream().filter("connected 0"::equals).count() == 2);
    }
  }
}
