package org.medseal.connectors.intake;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.medseal.connectors.mllp.FeedTls;

/** A key with a certificate signed by itself, for either end of a line. */
public record TestCertificate(KeyPair pair, X509Certificate certificate) {
  private static final GeneralNames LOOPBACK =
      new GeneralNames(
          new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.dNSName, "localhost")
          });

  public static TestCertificate of(String kind) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(kind.equals("EC") ? 256 : 2048);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=test");
    Instant now = Instant.now();
    String signature = kind.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    return new TestCertificate(
        pair,
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(64, new SecureRandom()),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(1))),
                        name,
                        pair.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, LOOPBACK)
                    .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))));
  }

  /** As a server's files in a folder. */
  public FeedTls files(Path folder, Optional<TestCertificate> clients) throws Exception {
    Files.createDirectories(folder);
    Path own = pem(folder.resolve("own.pem"), "CERTIFICATE", certificate.getEncoded());
    Path key = pem(folder.resolve("key.pem"), "PRIVATE KEY", pair.getPrivate().getEncoded());
    Optional<Path> roots = Optional.empty();
    if (clients.isPresent()) {
      byte[] der = clients.get().certificate().getEncoded();
      roots = Optional.of(pem(folder.resolve("clients.pem"), "CERTIFICATE", der));
    }
    return new FeedTls(own, key, roots);
  }

  /** A client that trusts the server alone, with its own certificate if it has one. */
  static SSLContext client(TestCertificate server, Optional<TestCertificate> own) throws Exception {
    KeyStore trusted = store();
    trusted.setCertificateEntry("server", server.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyStore keys = store();
    if (own.isPresent()) {
      X509Certificate[] chain = {own.get().certificate()};
      keys.setKeyEntry("own", own.get().pair().getPrivate(), new char[0], chain);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Path pem(Path file, String kind, byte[] der) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
