package org.medseal.connectors.intake;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collection;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.medseal.connectors.mllp.FeedTls;
import org.medseal.connectors.tls.PemFiles;

/**
 * TLS of the HTTP listener, which asks its parameters for key stores and for nothing else: so its
 * files count as they were at the start. Senders' certificates are of the roots of any feed; which
 * feed takes which is for {@link org.medseal.connectors.httpaccess.HttpGates}.
 */
public final class HttpTlsParameters extends SSLContextParameters {
  /** Of a store that is in memory only. */
  private static final String PASSWORD = "in-memory";

  /** FeedTlsException or PemException where a file cannot be used. */
  public HttpTlsParameters(FeedTls tls, Collection<Path> senderRoots) {
    if (tls.isMutual()) {
      throw new IllegalArgumentException("the HTTP listener takes senders' roots by feed");
    }
    KeyStore store = tls.keyStore(PASSWORD.toCharArray());
    KeyManagersParameters keys = new KeyManagersParameters();
    keys.setKeyPassword(PASSWORD);
    keys.setKeyStore(new Held(store));
    setKeyManagers(keys);
    if (!senderRoots.isEmpty()) {
      TrustManagersParameters trust = new TrustManagersParameters();
      trust.setKeyStore(new Held(PemFiles.trusted(senderRoots)));
      setTrustManagers(trust);
    }
  }

  private static final class Held extends KeyStoreParameters {
    private final KeyStore store;

    Held(KeyStore store) {
      this.store = store;
    }

    @Override
    public KeyStore createKeyStore() {
      return store;
    }
  }
}
