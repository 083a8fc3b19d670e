package org.medseal.users;

import java.util.Optional;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.sm2.Sm2PrivateKey;

/** Custodian, opener and issuer keys that one session unlocked; wiped when it ends. */
public final class RoleKeys implements AutoCloseable {
  private final Optional<Sm2PrivateKey> custodian;
  private final Optional<SecretBytes> opener;
  private final Optional<SecretBytes> issuer;

  RoleKeys(
      Optional<Sm2PrivateKey> custodian,
      Optional<SecretBytes> opener,
      Optional<SecretBytes> issuer) {
    this.custodian = custodian;
    this.opener = opener;
    this.issuer = issuer;
  }

  public static RoleKeys none() {
    return new RoleKeys(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The key to which every record's data key is wrapped. */
  public Optional<Sm2PrivateKey> custodian() {
    return custodian;
  }

  /** xi1, which names the signer of a record. */
  public Optional<SecretBytes> opener() {
    return opener;
  }

  /** The first epoch's gamma: whoever unlocks it acts as the issuer. */
  public Optional<SecretBytes> issuer() {
    return issuer;
  }

  @Override
  public void close() {
    custodian.ifPresent(Sm2PrivateKey::close);
    opener.ifPresent(SecretBytes::close);
    issuer.ifPresent(SecretBytes::close);
  }
}
