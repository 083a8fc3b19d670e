package org.medseal.ledger.net;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a certificate for its key alone, if the ledger registers that key. Names, issuers and
 * dates in the certificate are the peer's own claims and are not looked at.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final PeerDirectory directory;

  PinnedTrust(PeerDirectory directory) {
    this.directory = directory;
  }

  /** Place of whoever holds this certificate's key. */
  OptionalInt peer(X509Certificate certificate) {
    return directory.pinned(TlsIdentity.pin(certificate));
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0 || peer(chain[0]).isEmpty()) {
      throw new CertificateException("certificate is not pinned by the ledger");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
