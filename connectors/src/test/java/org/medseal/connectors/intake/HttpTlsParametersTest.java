package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.mllp.FeedTls;

@SuppressWarnings("try") // CamelContext.close() may be interrupted
class HttpTlsParametersTest {
  @TempDir Path home;

  @Test
  void theListenerShowsItsCertificateAndNobodyElseIsBelieved() throws Exception {
    TestCertificate own = TestCertificate.of("EC");
    FeedTls tls = own.files(home, Optional.empty());
    VertxPlatformHttpServerConfiguration web = new VertxPlatformHttpServerConfiguration();
    web.setBindHost("127.0.0.1");
    web.setBindPort(0);
    web.setUseGlobalSslContextParameters(true);
    try (CamelContext camel = new DefaultCamelContext()) {
      camel.setSSLContextParameters(new HttpTlsParameters(tls, List.of()));
      VertxPlatformHttpServer http = new VertxPlatformHttpServer(web);
      camel.addService(http);
      camel.start();
      int port = http.getServer().actualPort();
      assertThat(asked(TestCertificate.client(own, Optional.empty()), port)).startsWith("HTTP/1.");
      SSLContext other = TestCertificate.client(TestCertificate.of("EC"), Optional.empty());
      assertThatThrownBy(() -> asked(other, port)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void sendersCertificatesCannotBeAskedForAndThatIsSaid() throws Exception {
    TestCertificate own = TestCertificate.of("EC");
    FeedTls tls = own.files(home, Optional.of(own));
    assertThatThrownBy(() -> new HttpTlsParameters(tls, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String asked(SSLContext client, int port) throws IOException {
    try (SSLSocket line =
        (SSLSocket)
            client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      line.setSoTimeout(30_000);
      line.getOutputStream()
          .write("GET /fhir HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(line.getInputStream().readNBytes(8), StandardCharsets.US_ASCII);
    }
  }
}
