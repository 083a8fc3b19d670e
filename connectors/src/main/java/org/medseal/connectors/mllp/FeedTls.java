package org.medseal.connectors.mllp;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.medseal.connectors.tls.PemException;
import org.medseal.connectors.tls.PemFiles;

/**
 * TLS of one listener, from PEM files: TLS 1.2 and 1.3, as this JDK allows them. FeedTlsException
 * names the file that cannot be used.
 *
 * @param certificate the server's certificate, then those between it and its root
 * @param key PKCS #8, not encrypted; RSA, EC or Ed25519
 * @param clientCa roots of the senders' certificates; a sender without one is then refused
 */
public record FeedTls(Path certificate, Path key, Optional<Path> clientCa) {
  private static final String ALIAS = "feed";

  public boolean isMutual() {
    return clientCa.isPresent();
  }

  /**
   * Reads the files now, so that a wrong one stops the start, and again for the connections after
   * they have changed; new files that are wrong change nothing and are logged once.
   */
  public SSLContext context() {
    return WatchedTls.of(this, InstantSource.system());
  }

  /** What the files hold now, with no session of before. */
  SSLContext fresh() {
    char[] password = new char[0];
    KeyStore store = keyStore(password);
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      // Where no sender needs a certificate, none is looked at.
      TrustManager[] trust =
          clientCa
              .map(PemFiles::trust)
              .map(roots -> new TrustManager[] {roots})
              .orElseGet(() -> new TrustManager[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust, null);
      return context;
    } catch (PemException e) {
      throw new FeedTlsException(e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new FeedTlsException(certificate + ": its key makes no TLS server", e);
    }
  }

  /** Key and certificates as a store in memory, for those who take nothing else. */
  public KeyStore keyStore(char[] password) {
    try {
      Certificate[] chain = PemFiles.certificates(certificate).toArray(Certificate[]::new);
      PublicKey shown = chain[0].getPublicKey();
      PrivateKey own = PemFiles.privateKey(key, List.of(shown.getAlgorithm()));
      if (!isPair(own, shown)) {
        throw new FeedTlsException(key + ": is not the key of " + certificate, null);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, own, password, chain);
      return store;
    } catch (PemException e) {
      throw new FeedTlsException(e.getMessage(), e);
    } catch (GeneralSecurityException | IOException e) {
      throw new FeedTlsException(certificate + ": certificate and key do not make a TLS server", e);
    }
  }

  /** A certificate is often replaced a moment before its key. */
  private static boolean isPair(PrivateKey own, PublicKey shown) throws GeneralSecurityException {
    String algorithm =
        switch (shown.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    byte[] text = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(own);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(text);
    return signature.verify(signed);
  }
}
