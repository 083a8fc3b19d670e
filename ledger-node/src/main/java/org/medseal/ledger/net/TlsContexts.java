package org.medseal.ledger.net;

import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/**
 * Mutual TLS 1.3 with the own identity, for both directions. Of the JDK alone: Netty's builder
 * loads all of Bouncy Castle's provider at its first use, which took a third of a node's start.
 */
final class TlsContexts {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};

  private final SSLContext server;
  private final SSLContext client;

  TlsContexts(TlsIdentity identity, PinnedTrust trust) {
    server = context(identity, trust);
    client = context(identity, trust);
  }

  private static SSLContext context(TlsIdentity identity, PinnedTrust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {new OwnCertificate(identity)}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new NetException(NetException.Reason.BAD_CERTIFICATE, "cannot set up TLS", e);
    }
  }

  /** Of one connection: both sides show a certificate, or there is none. */
  SslHandler newHandler(boolean dialling) {
    SSLEngine engine = (dialling ? client : server).createSSLEngine();
    engine.setUseClientMode(dialling);
    engine.setNeedClientAuth(!dialling);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setEnabledCipherSuites(CIPHERS);
    return new SslHandler(engine);
  }
}
