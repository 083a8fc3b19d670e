package org.medseal.ledger.net;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;

/**
 * Trusts a certificate for its key alone, if the genesis registers that key. Names, issuers and
 * dates in the certificate are the peer's own claims and are not looked at.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final Map<Hash, Integer> peers = new HashMap<>();

  PinnedTrust(Genesis genesis) {
    for (int i = 0; i < genesis.institutions().size(); i++) {
      peers.put(genesis.institutions().get(i).tlsPin(), i);
    }
  }

  /** Position in the genesis of whoever holds this certificate's key. */
  OptionalInt peer(X509Certificate certificate) {
    Integer peer = peers.get(TlsIdentity.pin(certificate));
    return peer == null ? OptionalInt.empty() : OptionalInt.of(peer);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0 || peer(chain[0]).isEmpty()) {
      throw new CertificateException("certificate is not pinned by the genesis");
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
