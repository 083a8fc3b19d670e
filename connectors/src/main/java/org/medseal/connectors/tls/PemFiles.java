package org.medseal.connectors.tls;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads PEM files; PemException names the one that cannot be used. */
public final class PemFiles {
  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  private PemFiles() {}

  /** One certificate at least. */
  public static List<Certificate> certificates(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      List<Certificate> all =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!all.isEmpty()) {
        return all;
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new PemException(pem, "no certificates in PEM can be read from it", e);
    }
    throw new PemException(pem, "holds no certificate", null);
  }

  private static Optional<PrivateKey> ofKind(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException ofAnotherKind) {
      return Optional.empty();
    }
  }

  /** A PKCS #8 key without a password, of one of these algorithms (RSA, EC, Ed25519). */
  public static PrivateKey privateKey(Path pem, List<String> algorithms) {
    byte[] der = keyBytes(pem);
    try {
      for (String algorithm : algorithms) {
        Optional<PrivateKey> key = ofKind(algorithm, der);
        if (key.isPresent()) {
          return key.get();
        }
      }
    } finally {
      Arrays.fill(der, (byte) 0);
    }
    throw new PemException(pem, "is no key of the kind " + String.join(" or ", algorithms), null);
  }

  /** Trusts what these roots have signed, and nothing else. */
  public static X509ExtendedTrustManager trust(Path roots) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted(List.of(roots)));
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new PemException(roots, "its certificates cannot be roots", e);
    }
  }

  /** The roots of some files as a store in memory. */
  public static KeyStore trusted(Collection<Path> files) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Path file : files) {
        for (Certificate root : certificates(file)) {
          store.setCertificateEntry("ca" + store.size(), root);
        }
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java has such a store", e);
    }
  }

  private static byte[] keyBytes(Path pem) {
    try {
      String text = Files.readString(pem, StandardCharsets.US_ASCII);
      int begin = text.indexOf(KEY_BEGIN);
      int end = text.indexOf(KEY_END);
      if (begin >= 0 && end > begin) {
        return Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new PemException(pem, "no key in PEM can be read from it", e);
    }
    throw new PemException(pem, "holds no PKCS #8 key without a password", null);
  }
}
