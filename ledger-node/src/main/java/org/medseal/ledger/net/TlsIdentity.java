package org.medseal.ledger.net;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Hash;

/** A node's certificate and key for TLS. Peers know it by its pin alone. */
public record TlsIdentity(X509Certificate certificate, PrivateKey key) {
  private static final Duration VALIDITY = Duration.ofDays(3653);

  /** A fresh ECDSA P-256 key with a self-signed certificate of ten years. */
  public static TlsIdentity selfSigned(String institution, Instant now, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, institution).build();
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(127, random).add(BigInteger.ONE),
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(VALIDITY)),
              name,
              pair.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new TlsIdentity(certificate, pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new NetException(
          NetException.Reason.BAD_CERTIFICATE, "cannot make a certificate for " + institution, e);
    }
  }

  public Hash pin() {
    return pin(certificate);
  }

  /** SHA-256 of the subject public key info. */
  public static Hash pin(X509Certificate certificate) {
    return Hash.of(Digests.sha256(certificate.getPublicKey().getEncoded()));
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + pin() + "]";
  }
}
