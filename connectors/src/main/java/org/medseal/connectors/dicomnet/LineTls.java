package org.medseal.connectors.dicomnet;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS 1.2 and 1.3 of a line (PS3.15 annex B, BCP 195).
 *
 * @param peerCertificate a server refuses peers without a certificate of its roots
 */
public record LineTls(SSLContext context, boolean peerCertificate) {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  SSLEngine server() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setNeedClientAuth(peerCertificate);
    return engine;
  }

  /** The server's certificate has to be of this host. */
  SSLEngine client(String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(PROTOCOLS);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
