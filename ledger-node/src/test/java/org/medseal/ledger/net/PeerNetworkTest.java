package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medseal.ledger.net.TestPeers.FIRST;
import static org.medseal.ledger.net.TestPeers.PATIENCE;
import static org.medseal.ledger.net.TestPeers.SECOND;
import static org.medseal.ledger.net.TestPeers.STRANGER;
import static org.medseal.ledger.net.TestPeers.closesAfterTls;
import static org.medseal.ledger.net.TestPeers.endsBeforeMessage;
import static org.medseal.ledger.net.TestPeers.genesis;
import static org.medseal.ledger.net.TestPeers.helloFrame;
import static org.medseal.ledger.net.TestPeers.institution;
import static org.medseal.ledger.net.TestPeers.loopback;
import static org.medseal.ledger.net.TestPeers.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.net.TestPeers.Heard;

@Timeout(60)
class PeerNetworkTest {

  private final List<PeerNetwork> open = new ArrayList<>();
  private final Heard atFirst = new Heard();
  private final Heard atSecond = new Heard();

  @AfterEach
  void close() {
    open.forEach(PeerNetwork::close);
  }

  @Test
  void twoPeersConnectOnceAndTalkBothWays() {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    PeerNetwork first = network("chain", 0, FIRST, atFirst, Optional.of(address));
    first.listen();
    first.connect();
    second.connect();
    await().atMost(PATIENCE).until(() -> atFirst.events.contains("connected 1"));
    await().atMost(PATIENCE).until(() -> atSecond.events.contains("connected 0"));
    for (int i = 0; i < 500; i++) {
      first.send(1, new BlocksRequest(i, i));
      second.broadcast(new BlocksRequest(i, i));
    }
    await().atMost(PATIENCE).until(() -> atSecond.messages.size() == 500);
    await().atMost(PATIENCE).until(() -> atFirst.messages.size() == 500);
    assertThat(atSecond.messages.get(499)).isEqualTo(new BlocksRequest(499, 499));
    assertThat(atFirst.events).containsExactly("connected 1");
    assertThat(atSecond.events).containsExactly("connected 0");
  }

  @Test
  void aPeerThatComesBackIsDialledAgain() {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    PeerNetwork first = network("chain", 0, FIRST, atFirst, Optional.of(address));
    first.connect();
    await().atMost(PATIENCE).until(() -> atFirst.events.contains("connected 1"));
    second.close();
    await().atMost(PATIENCE).until(() -> atFirst.events.contains("disconnected 1"));
    PeerNetwork again =
        new PeerNetwork(settings("chain", 1, address, Optional.empty()), SECOND, atSecond);
    open.add(again);
    again.listen();
    await().atMost(PATIENCE).until(() -> atFirst.events.size() == 3);
    assertThat(atFirst.events).last().isEqualTo("connected 1");
  }

  @Test
  void aDifferentChainIdIsRefused() {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    PeerNetwork first = network("other", 0, FIRST, atFirst, Optional.of(second.listen()));
    first.connect();
    second.connect();
    PeerNetwork right = network("chain", 0, FIRST, new Heard(), Optional.of(address(second)));
    right.connect();
    await().atMost(PATIENCE).until(() -> atSecond.events.contains("connected 0"));
    assertThat(atFirst.events).isEmpty();
  }

  @Test
  void aCertificateThatIsNotPinnedIsRefused() throws Exception {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    assertThat(closesAfterTls(address, Optional.of(STRANGER), helloFrame("chain"))).isTrue();
    assertThat(closesAfterTls(address, Optional.empty(), helloFrame("chain"))).isTrue();
    assertThat(atSecond.events).isEmpty();
    assertStillServes(second);
  }

  @Test
  void aServerWithAnUnpinnedCertificateIsNotTalkedTo() {
    Genesis lying = genesis("chain", FIRST, STRANGER);
    NetworkSettings settings =
        new NetworkSettings(
            lying, 1, loopback(), each -> Optional.empty(), NetworkSettings.Timing.DEFAULT);
    PeerNetwork impostor = new PeerNetwork(settings, STRANGER, atSecond);
    open.add(impostor);
    PeerNetwork first = network("chain", 0, FIRST, atFirst, Optional.of(impostor.listen()));
    first.connect();
    PeerNetwork honest = network("chain", 1, SECOND, new Heard(), Optional.empty());
    PeerNetwork third = network("chain", 0, FIRST, new Heard(), Optional.of(honest.listen()));
    third.connect();
    await().atMost(PATIENCE).until(() -> connected(third));
    assertThat(atFirst.events).isEmpty();
    assertThat(atSecond.events).isEmpty();
  }

  @Test
  void plainTextIsRefusedWithoutHarm() throws IOException {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(endsBeforeMessage(socket)).isTrue();
    }
    assertThat(atSecond.events).isEmpty();
    assertStillServes(second);
  }

  @Test
  void anOversizeFrameClosesTheConnectionBeforeItsBytesCome() throws Exception {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    byte[] huge = ByteBuffer.allocate(5).putInt(Integer.MAX_VALUE).put((byte) 3).array();
    byte[] hello = helloFrame("chain");
    byte[] both = ByteBuffer.allocate(hello.length + 5).put(hello).put(huge).array();
    assertThat(closesAfterTls(address, Optional.of(FIRST), both)).isTrue();
    await().atMost(PATIENCE).until(() -> atSecond.events.contains("disconnected 0"));
    byte[] largeHello = ByteBuffer.allocate(5).putInt(1000).put((byte) 0).array();
    assertThat(closesAfterTls(address, Optional.of(FIRST), largeHello)).isTrue();
    byte[] unknown = ByteBuffer.allocate(5).putInt(1).put((byte) 77).array();
    assertThat(closesAfterTls(address, Optional.of(FIRST), unknown)).isTrue();
    byte[] beforeHello = ByteBuffer.allocate(5).putInt(1).put((byte) 1).array();
    assertThat(closesAfterTls(address, Optional.of(FIRST), beforeHello)).isTrue();
    assertStillServes(second);
  }

  @Test
  void aMalformedMessageCostsItsSenderTheConnection() throws Exception {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    byte[] hello = helloFrame("chain");
    byte[] garbage = ByteBuffer.allocate(8).putInt(4).put((byte) 2).put(new byte[3]).array();
    byte[] both = ByteBuffer.allocate(hello.length + 8).put(hello).put(garbage).array();
    assertThat(closesAfterTls(address, Optional.of(FIRST), both)).isTrue();
    assertThat(atSecond.messages).isEmpty();
    assertStillServes(second);
  }

  @Test
  void aPeerThatDoesNotReadIsDisconnectedAndMemoryStaysBounded() throws Exception {
    PeerNetwork second = network("chain", 1, SECOND, atSecond, Optional.empty());
    InetSocketAddress address = second.listen();
    try (SSLSocket deaf = tls(address, Optional.of(FIRST))) {
      deaf.getOutputStream().write(helloFrame("chain"));
      await().atMost(PATIENCE).until(() -> atSecond.events.contains("connected 0"));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  second.send(0, new BlocksRequest(i, i));
                }
                return atSecond.events.contains("disconnected 0");
              });
    }
  }

  @Test
  void anotherInstitutionsCertificateIsNotOurs() {
    assertThatThrownBy(() -> network("chain", 0, SECOND, atFirst, Optional.empty()))
        .isInstanceOf(NetException.class)
        .hasMessageContaining("hospital-0");
  }

  @Test
  void addressesInTheGenesisAreHostAndPort() {
    assertThat(addressOf("node.example.org:7000").orElseThrow().getPort()).isEqualTo(7000);
    assertThat(addressOf("node.example.org")).isEmpty();
    assertThat(addressOf("node.example.org:70000")).isEmpty();
    assertThat(addressOf(":7000")).isEmpty();
  }

  private static Optional<InetSocketAddress> addressOf(String address) {
    return NetworkSettings.addressInGenesis(institution("x", FIRST, address));
  }

  private boolean connected(PeerNetwork network) {
    return ((Heard) network.listener()).events.contains("connected 1");
  }

  /** A right peer is still welcome. */
  private void assertStillServes(PeerNetwork second) {
    Heard heard = new Heard();
    network("chain", 0, FIRST, heard, Optional.of(address(second))).connect();
    await().atMost(PATIENCE).until(() -> heard.events.contains("connected 1"));
  }

  private PeerNetwork network(
      String chainId,
      int self,
      TlsIdentity identity,
      PeerListener listener,
      Optional<InetSocketAddress> other) {
    PeerNetwork network =
        new PeerNetwork(settings(chainId, self, loopback(), other), identity, listener);
    open.add(network);
    return network;
  }

  private static InetSocketAddress address(PeerNetwork network) {
    return network.address().orElseThrow();
  }

  private static NetworkSettings settings(
      String chainId, int self, InetSocketAddress bind, Optional<InetSocketAddress> other) {
    return new NetworkSettings(
        genesis(chainId, FIRST, SECOND), self, bind, each -> other, NetworkSettings.Timing.DEFAULT);
  }
}
