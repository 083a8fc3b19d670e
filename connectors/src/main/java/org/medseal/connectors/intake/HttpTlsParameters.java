package org.medseal.connectors.intake;

import java.security.KeyStore;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.medseal.connectors.mllp.FeedTls;

/**
 * TLS of the HTTP listener, which asks its parameters for a key store and for nothing else: so its
 * files count as they were at the start, and senders' certificates cannot be asked for.
 */
public final class HttpTlsParameters extends SSLContextParameters {
  /** Of a store that is in memory only. */
  private static final String PASSWORD = "in-memory";

  /** FeedTlsException where a file cannot be used; IllegalArgumentException for a client CA. */
  public HttpTlsParameters(FeedTls tls) {
    if (tls.isMutual()) {
      throw new IllegalArgumentException("the HTTP listener cannot ask for certificates");
    }
    KeyStore store = tls.keyStore(PASSWORD.toCharArray());
    KeyManagersParameters keys = new KeyManagersParameters();
    keys.setKeyPassword(PASSWORD);
    keys.setKeyStore(new Held(store));
    setKeyManagers(keys);
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
