package org.medseal.home;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.crypto.sm2.Sm2PrivateKey;

/**
 * An institution's own keys, from its opened key file. Throws CryptoException MISSING_KEY naming
 * what is not there.
 */
public final class NodeKeyring implements AutoCloseable {
  private static final int CONSORTIUM_KEY_VERSION = 1;
  private static final int LOCAL_KEY_VERSION = 0;
  private static final int SEED_BYTES = 32;

  /** Names of the entries. */
  public enum Entry {
    STORAGE("storage"),
    ERASE("erase"),
    LOCAL_PSEUDONYM("pseudonym.local"),
    CONSORTIUM_PSEUDONYM("pseudonym.consortium.1"),
    INSTITUTION("institution.ed25519"),
    GRANT("grant.sm2"),
    VALIDATOR("validator.ed25519"),
    MEMBER("member.y"),
    PEER_TLS_KEY("peer.tls.key"),
    PEER_TLS_CERTIFICATE("peer.tls.certificate"),
    ADMIN_TLS_KEY("admin.tls.key");

    private final String key;

    Entry(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private final KeyFile file;
  private final String chainId;

  private NodeKeyring(KeyFile file, String chainId) {
    this.file = file;
    this.chainId = chainId;
  }

  /** Opens the key file of a home; KEYS or PASSPHRASE with one line naming the file. */
  public static NodeKeyring open(Home home, String chainId, char[] passphrase) {
    Path path = home.nodeKeys();
    try {
      return new NodeKeyring(KeyFile.open(path, passphrase), chainId);
    } catch (CryptoException e) {
      HomeException.Reason reason =
          e.reason() == CryptoException.Reason.BAD_PASSPHRASE
              ? HomeException.Reason.PASSPHRASE
              : HomeException.Reason.KEYS;
      throw new HomeException(reason, e.getMessage(), e);
    }
  }

  /** What there is; names only. */
  public java.util.Set<String> names() {
    return file.names();
  }

  public SecretBytes storageKey() {
    return get(Entry.STORAGE);
  }

  public SecretBytes eraseKey() {
    return get(Entry.ERASE);
  }

  public PseudonymKey localPseudonymKey() {
    return new PseudonymKey(LOCAL_KEY_VERSION, "local", get(Entry.LOCAL_PSEUDONYM));
  }

  public PseudonymKey consortiumPseudonymKey() {
    return new PseudonymKey(CONSORTIUM_KEY_VERSION, chainId, get(Entry.CONSORTIUM_PSEUDONYM));
  }

  /** K_v itself, to be sealed for a newcomer. */
  public SecretBytes consortiumSecret() {
    return get(Entry.CONSORTIUM_PSEUDONYM);
  }

  public Ed25519PrivateKey institutionKey() {
    return Ed25519PrivateKey.fromSeed(get(Entry.INSTITUTION));
  }

  public Sm2PrivateKey grantKey() {
    return Sm2PrivateKey.fromScalar(get(Entry.GRANT));
  }

  public Ed25519PrivateKey validatorKey() {
    return Ed25519PrivateKey.fromSeed(get(Entry.VALIDATOR));
  }

  /** All there ever were, the newest last: a node that starts anew needs the earlier ones too. */
  public List<Ed25519PrivateKey> validatorKeys() {
    List<Ed25519PrivateKey> keys = new ArrayList<>();
    keys.add(validatorKey());
    for (Optional<SecretBytes> next = file.find(laterValidator(keys.size()));
        next.isPresent();
        next = file.find(laterValidator(keys.size()))) {
      keys.add(Ed25519PrivateKey.fromSeed(next.get()));
    }
    return keys;
  }

  /** Adds a fresh validator key and saves the file; a running node has it after its next start. */
  public Ed25519PrivateKey addValidatorKey(SecureRandom random) {
    List<Ed25519PrivateKey> known = validatorKeys();
    String entry = laterValidator(known.size());
    known.forEach(Ed25519PrivateKey::close);
    SecretBytes seed = SecretBytes.random(SEED_BYTES, random);
    file.put(entry, seed);
    file.save();
    return Ed25519PrivateKey.fromSeed(seed);
  }

  private static String laterValidator(int known) {
    return Entry.VALIDATOR.key() + "." + (known + 1);
  }

  public MemberSecret memberSecret() {
    return MemberSecret.fromBytes(get(Entry.MEMBER));
  }

  /** Of the connections between nodes; its certificate is the one pinned in the genesis. */
  public PrivateKey peerTlsKey() {
    return ecKey(Entry.PEER_TLS_KEY);
  }

  public X509Certificate peerTlsCertificate() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(get(Entry.PEER_TLS_CERTIFICATE).copy()));
    } catch (GeneralSecurityException e) {
      throw unreadable(Entry.PEER_TLS_CERTIFICATE, e);
    }
  }

  /** Of the admin endpoint, PKCS#8. */
  public PrivateKey adminTlsKey() {
    return ecKey(Entry.ADMIN_TLS_KEY);
  }

  private PrivateKey ecKey(Entry entry) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(get(entry).copy()));
    } catch (GeneralSecurityException e) {
      throw unreadable(entry, e);
    }
  }

  private static HomeException unreadable(Entry entry, GeneralSecurityException e) {
    return new HomeException(
        HomeException.Reason.KEYS, "key file entry " + entry.key() + " cannot be read", e);
  }

  private SecretBytes get(Entry entry) {
    return file.get(entry.key());
  }

  @Override
  public void close() {
    file.close();
  }
}
