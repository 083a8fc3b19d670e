package org.medseal.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.sm2.Sm2PrivateKey;

/** Custodian, opener and issuer keys that one session unlocked; wiped when it ends. */
public final class RoleKeys implements AutoCloseable {
  private final List<Sm2PrivateKey> custodian;
  private final Optional<SecretBytes> opener;
  private final Optional<SecretBytes> issuer;

  RoleKeys(
      List<Sm2PrivateKey> custodian, Optional<SecretBytes> opener, Optional<SecretBytes> issuer) {
    this.custodian = List.copyOf(custodian);
    this.opener = opener;
    this.issuer = issuer;
  }

  public static RoleKeys none() {
    return new RoleKeys(List.of(), Optional.empty(), Optional.empty());
  }

  /** The oldest of {@link #custodians}. */
  public Optional<Sm2PrivateKey> custodian() {
    return custodian.stream().findFirst();
  }

  /**
   * Keys to which records' data keys are or were wrapped: whoever took a new one keeps the old for
   * the records of its time.
   */
  public List<Sm2PrivateKey> custodians() {
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

  boolean isEmpty() {
    return custodian.isEmpty() && opener.isEmpty() && issuer.isEmpty();
  }

  /** These, and of the others what is not among them; the rest of the others is wiped. */
  RoleKeys and(RoleKeys others) {
    opener.flatMap(mine -> others.opener).ifPresent(SecretBytes::close);
    issuer.flatMap(mine -> others.issuer).ifPresent(SecretBytes::close);
    return new RoleKeys(
        withoutRepeating(custodian, others.custodian),
        opener.or(() -> others.opener),
        issuer.or(() -> others.issuer));
  }

  private static List<Sm2PrivateKey> withoutRepeating(
      List<Sm2PrivateKey> held, List<Sm2PrivateKey> others) {
    List<Sm2PrivateKey> all = new ArrayList<>(held);
    for (Sm2PrivateKey other : others) {
      if (held.stream().anyMatch(each -> each.publicKey().equals(other.publicKey()))) {
        other.close();
      } else {
        all.add(other);
      }
    }
    return all;
  }

  @Override
  public void close() {
    custodian.forEach(Sm2PrivateKey::close);
    opener.ifPresent(SecretBytes::close);
    issuer.ifPresent(SecretBytes::close);
  }
}
