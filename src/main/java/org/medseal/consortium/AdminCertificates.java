package org.medseal.consortium;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for the admin endpoints of a consortium that has none of its own: ECDSA
 * P-256. Its key lives as long as this object; a hospital replaces the certificate by one of its
 * own authority whenever it likes.
 */
public final class AdminCertificates {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration ENDPOINT_LIFE = Duration.ofDays(825);

  private final SecureRandom random;
  private final KeyPair authorityKeys;
  private final X509Certificate authority;

  public AdminCertificates(String consortium, SecureRandom random) {
    this.random = random;
    this.authorityKeys = newKeys();
    X500Name name = new X500Name("CN=MedSeal admin endpoints of " + consortium);
    try {
      JcaX509v3CertificateBuilder builder =
          builder(name, name, authorityKeys, Instant.now().plus(AUTHORITY_LIFE));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      this.authority = sign(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException("certificate authority cannot be made", e);
    }
  }

  /** A key with its certificate for an endpoint on this host. */
  public record Endpoint(KeyPair keys, X509Certificate certificate) {}

  /** The certificate names {@code host} (an address or a name), localhost and 127.0.0.1. */
  public Endpoint issue(String institution, String host) {
    KeyPair keys = newKeys();
    X500Name subject = new X500Name("CN=" + institution);
    X500Name issuer = new X500Name(authority.getSubjectX500Principal().getName());
    try {
      JcaX509v3CertificateBuilder builder =
          builder(issuer, subject, keys, Instant.now().plus(ENDPOINT_LIFE));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.subjectAlternativeName, false, names(host));
      return new Endpoint(keys, sign(builder));
    } catch (CertIOException e) {
      throw new IllegalStateException("endpoint certificate cannot be made", e);
    }
  }

  public X509Certificate authority() {
    return authority;
  }

  /** Certificates as PEM, in the given order. */
  public static String pem(X509Certificate... chain) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (X509Certificate certificate : chain) {
        writer.writeObject(certificate);
      }
    } catch (IOException e) {
      throw new IllegalStateException("certificate cannot be written", e);
    }
    return text.toString();
  }

  private static GeneralNames names(String host) {
    int kind =
        host.matches("[0-9.]+") || host.contains(":") ? GeneralName.iPAddress : GeneralName.dNSName;
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(kind, host),
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant until) {
    Date from = Date.from(Instant.now().minus(Duration.ofHours(1)));
    BigInteger serial = new BigInteger(120, random);
    return new JcaX509v3CertificateBuilder(
        issuer, serial, from, Date.from(until), subject, keys.getPublic());
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .build(authorityKeys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("certificate cannot be signed", e);
    }
  }

  private KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is missing from this Java", e);
    }
  }
}
