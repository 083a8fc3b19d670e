package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.mllp.FeedTls;
import org.medseal.connectors.mllp.FeedTlsException;

class MllpTlsTest extends RouteCase {
  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aLineWithTlsIsAnsweredAndAPlainOneIsNot(String kind) throws Exception {
    TestCertificate server = TestCertificate.of(kind);
    try (Hospital hospital = listening(server.files(home.resolve("tls"), Optional.empty()))) {
      SSLContext client = TestCertificate.client(server, Optional.empty());
      assertThat(send(hospital, client, "TLSv1.3", adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(send(hospital, client, "TLSv1.2", adt("c2", "2"))).contains("MSA|AA|c2");
      assertThat(plain(hospital)).doesNotContain("MSA");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(2);
    }
  }

  @Test
  void whereCertificatesAreAskedForAStrangerIsRefused() throws Exception {
    TestCertificate server = TestCertificate.of("EC");
    TestCertificate sender = TestCertificate.of("EC");
    TestCertificate stranger = TestCertificate.of("EC");
    FeedTls tls = server.files(home.resolve("tls"), Optional.of(sender));
    try (Hospital hospital = listening(tls)) {
      SSLContext known = TestCertificate.client(server, Optional.of(sender));
      assertThat(send(hospital, known, "TLSv1.3", adt("c1", "1"))).contains("MSA|AA|c1");
      for (Optional<TestCertificate> other : java.util.List.of(Optional.of(stranger), none())) {
        SSLContext unknown = TestCertificate.client(server, other);
        assertThatThrownBy(() -> send(hospital, unknown, "TLSv1.2", adt("c2", "2")))
            .isInstanceOf(IOException.class);
      }
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
    }
  }

  private static Optional<TestCertificate> none() {
    return Optional.empty();
  }

  @Test
  void aFileThatIsNoKeyIsNamedAtTheStart() throws Exception {
    FeedTls tls = TestCertificate.of("EC").files(home.resolve("tls"), Optional.empty());
    Files.writeString(tls.key(), "no key");
    assertThatThrownBy(tls::context)
        .isInstanceOf(FeedTlsException.class)
        .hasMessageContaining(tls.key().toString());
  }

  @Test
  void theKeyOfAnotherCertificateIsRefusedAtTheStart() throws Exception {
    FeedTls one = TestCertificate.of("EC").files(home.resolve("one"), Optional.empty());
    FeedTls other = TestCertificate.of("RSA").files(home.resolve("other"), Optional.empty());
    FeedTls mixed = new FeedTls(one.certificate(), other.key(), Optional.empty());
    assertThatThrownBy(mixed::context).isInstanceOf(FeedTlsException.class);
  }

  @Test
  void newFilesCountForNewConnectionsAndBrokenOnesChangeNothing() throws Exception {
    TestCertificate old = TestCertificate.of("EC");
    TestCertificate renewed = TestCertificate.of("EC");
    FeedTls tls = old.files(home.resolve("tls"), Optional.empty());
    try (LogCapture log = LogCapture.open();
        Hospital hospital = listening(tls)) {
      SSLContext before = TestCertificate.client(old, Optional.empty());
      SSLContext after = TestCertificate.client(renewed, Optional.empty());
      assertThat(send(hospital, before, "TLSv1.3", adt("c1", "1"))).contains("MSA|AA|c1");
      Files.writeString(tls.key(), "half a ke");
      assertThat(send(hospital, before, "TLSv1.3", adt("c2", "2"))).contains("MSA|AA|c2");
      assertThat(send(hospital, before, "TLSv1.2", adt("c3", "3"))).contains("MSA|AA|c3");
      assertThat(log.text()).containsOnlyOnce("TLS stays as it was").contains("key.pem");
      renewed.files(home.resolve("tls"), Optional.empty());
      assertThat(send(hospital, after, "TLSv1.3", adt("c4", "4"))).contains("MSA|AA|c4");
      assertThatThrownBy(() -> send(hospital, before, "TLSv1.2", adt("c5", "5")))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSenderWhoseRootIsGoneResumesNothing(String protocol) throws Exception {
    TestCertificate server = TestCertificate.of("EC");
    TestCertificate sender = TestCertificate.of("EC");
    Path folder = home.resolve("tls");
    try (Hospital hospital = listening(server.files(folder, Optional.of(sender)))) {
      SSLContext known = TestCertificate.client(server, Optional.of(sender));
      assertThat(send(hospital, known, protocol, adt("c1", "1"))).contains("MSA|AA|c1");
      server.files(folder, Optional.of(TestCertificate.of("RSA")));
      assertThatThrownBy(() -> send(hospital, known, protocol, adt("c2", "2")))
          .isInstanceOf(IOException.class);
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsNoPair() throws Exception {
    FeedTls one = TestCertificate.of("EC").files(home.resolve("one"), Optional.empty());
    FeedTls other = TestCertificate.of("EC").files(home.resolve("other"), Optional.empty());
    FeedTls mixed = new FeedTls(one.certificate(), other.key(), Optional.empty());
    assertThatThrownBy(mixed::context)
        .isInstanceOf(FeedTlsException.class)
        .hasMessageContaining("is not the key of");
  }

  private Hospital listening(FeedTls tls) throws Exception {
    LineSettings line = new LineSettings(Optional.empty(), Optional.of(tls));
    return new Hospital(home, ROOM, Map.of("mllp", line)).start("feeds/mllp.yaml");
  }

  private static String send(Hospital hospital, SSLContext client, String protocol, byte[] message)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLSocket line =
        (SSLSocket) client.getSocketFactory().createSocket(loopback, hospital.mllpPort())) {
      line.setSoTimeout(30_000);
      line.setEnabledProtocols(new String[] {protocol});
      line.startHandshake();
      line.getOutputStream().write(Hospital.MllpBytes.framed(message));
      return Hospital.MllpBytes.answer(line.getInputStream());
    }
  }

  /** The server says nothing, or an alert, or drops the line. */
  private static String plain(Hospital hospital) {
    try {
      return hospital.mllp(adt("c3", "3"));
    } catch (IOException e) {
      return "";
    }
  }
}
