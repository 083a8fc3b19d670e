package org.medseal.connectors.mllp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS of one feed, from PEM files: TLS 1.2 and 1.3, as this JDK allows them. FeedTlsException names
 * the file that cannot be used.
 *
 * @param certificate the server's certificate, then those between it and its root
 * @param key PKCS #8, not encrypted; RSA, EC or Ed25519
 * @param clientCa roots of the senders' certificates; a sender without one is then refused
 */
public record FeedTls(Path certificate, Path key, Optional<Path> clientCa) {
  private static final String ALIAS = "feed";
  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  public boolean isMutual() {
    return clientCa.isPresent();
  }

  /** Reads the files now, so that a wrong one stops the start. */
  public SSLContext context() {
    Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
    char[] password = new char[0];
    try {
      KeyStore own = emptyStore();
      own.setKeyEntry(ALIAS, privateKey(chain[0]), password, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new FeedTlsException(certificate, "certificate and key do not make a TLS server", e);
    }
  }

  /** Where no sender needs a certificate, none is looked at. */
  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    if (clientCa.isEmpty()) {
      return new TrustManager[0];
    }
    KeyStore roots = emptyStore();
    List<Certificate> trusted = certificates(clientCa.get());
    for (int i = 0; i < trusted.size(); i++) {
      roots.setCertificateEntry("ca" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      List<Certificate> all =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!all.isEmpty()) {
        return all;
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new FeedTlsException(pem, "no certificates in PEM can be read from it", e);
    }
    throw new FeedTlsException(pem, "holds no certificate", null);
  }

  private PrivateKey privateKey(Certificate own) {
    byte[] der = keyBytes();
    try {
      return KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new FeedTlsException(key, "is not of the certificate's kind", e);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private byte[] keyBytes() {
    try {
      String text = Files.readString(key, StandardCharsets.US_ASCII);
      int begin = text.indexOf(KEY_BEGIN);
      int end = text.indexOf(KEY_END);
      if (begin >= 0 && end > begin) {
        return Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new FeedTlsException(key, "no key in PEM can be read from it", e);
    }
    throw new FeedTlsException(key, "holds no PKCS #8 key without a password", null);
  }
}
