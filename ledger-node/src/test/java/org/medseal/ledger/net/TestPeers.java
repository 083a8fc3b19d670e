package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;

/** Two institutions and a stranger, and a peer that speaks the wire by hand. */
final class TestPeers {
  static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final SecureRandom RANDOM = new SecureRandom();
  static final TlsIdentity FIRST = identity();
  static final TlsIdentity SECOND = identity();
  static final TlsIdentity STRANGER = identity();

  private TestPeers() {}

  static final class Heard implements PeerListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<PeerMessage> messages = new CopyOnWriteArrayList<>();
    volatile boolean awaits = true;

    @Override
    public boolean isAwaited(int peer, Answer kind) {
      return awaits;
    }

    @Override
    public void onConnected(int peer) {
      events.add("connected " + peer);
    }

    @Override
    public void onDisconnected(int peer) {
      events.add("disconnected " + peer);
    }

    @Override
    public void onMessage(int peer, PeerMessage message, Runnable handled) {
      messages.add(message);
      handled.run();
    }
  }

  static boolean closesAfterTls(
      InetSocketAddress address, Optional<TlsIdentity> identity, byte[] bytes) throws Exception {
    try (SSLSocket socket = tls(address, identity)) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return endsBeforeMessage(socket);
    } catch (IOException e) {
      return true;
    }
  }

  /** Reads until the other side ends; true unless it waits for more from us. */
  static boolean endsBeforeMessage(Socket socket) {
    try {
      byte[] buffer = new byte[4096];
      while (socket.getInputStream().read(buffer) >= 0) {
        assertThat(socket.isConnected()).isTrue();
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  static SSLSocket tls(InetSocketAddress address, Optional<TlsIdentity> identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (identity.isPresent()) {
      TlsIdentity own = identity.get();
      store.setKeyEntry("own", own.key(), new char[0], new Certificate[] {own.certificate()});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    TrustManager trust =
        new PinnedTrust(
            new PeerDirectory("hospital", genesis("chain", FIRST, SECOND).institutions()));
    context.init(keys.getKeyManagers(), new TrustManager[] {trust}, RANDOM);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.startHandshake();
    return socket;
  }

  static byte[] helloFrame(String chainId) {
    byte[] payload = Hello.of(genesis(chainId, FIRST, SECOND)).frame().payload();
    return ByteBuffer.allocate(5 + payload.length)
        .putInt(1 + payload.length)
        .put((byte) 0)
        .put(payload)
        .array();
  }

  static byte[] bytes(WireFrame frame) {
    return ByteBuffer.allocate(5 + frame.payload().length)
        .putInt(1 + frame.payload().length)
        .put((byte) frame.type().code())
        .put(frame.payload())
        .array();
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static TlsIdentity identity() {
    return TlsIdentity.selfSigned("hospital", Instant.now(), RANDOM);
  }

  static Institution institution(String name, TlsIdentity identity, String address) {
    Bytes key = Bytes.of(new byte[32]);
    return new Institution(name, key, Bytes.of(new byte[65]), key, identity.pin(), address, 1);
  }

  static Genesis genesis(String chainId, TlsIdentity... identities) {
    List<Institution> institutions = new ArrayList<>();
    for (TlsIdentity each : identities) {
      institutions.add(institution("hospital-" + institutions.size(), each, "127.0.0.1:1"));
    }
    return new Genesis(
        chainId,
        0,
        institutions,
        Bytes.empty(),
        Bytes.empty(),
        List.of(),
        List.of(),
        "hospital-0",
        "hospital-0",
        new CustodianSet(1, List.of(new CustodianKey("hospital-0", Bytes.of(new byte[65])))),
        new Parameters(0, 0, 1 << 20, 2 << 20, 100, 10));
  }
}
