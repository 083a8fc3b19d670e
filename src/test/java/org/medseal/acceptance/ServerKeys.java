package org.medseal.acceptance;

import java.net.URI;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What a browser is told to trust: the key a hospital of this test shows on loopback. */
final class ServerKeys {
  private ServerKeys() {}

  /** SHA-256 of the public key, Base64. */
  static String pinOf(URI site) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyHospital()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(site.getHost(), site.getPort())) {
      socket.startHandshake();
      byte[] key = socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }
  }

  /** The hospitals are this test's own processes; their authority is checked by AdminClient. */
  private static final class AnyHospital implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
