package org.medseal.crypto.group;

import java.security.SecureRandom;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/**
 * Admits members for one epoch under a fresh γ. Revocation is the next epoch, in which all others
 * are issued again. It can neither sign as a member nor open. Wiped on close; thread-safe.
 */
public final class Issuer implements AutoCloseable {
  private final SecretBytes gamma;
  private final GroupPublicKey publicKey;

  private Issuer(GroupParameters parameters, int epoch, SecretBytes owned) {
    this.gamma = owned;
    this.publicKey = GroupPublicKey.prove(parameters, epoch, owned);
  }

  public static Issuer forEpoch(GroupParameters parameters, int epoch, SecureRandom random) {
    return new Issuer(parameters, epoch, SecretScalars.random(random));
  }

  /** γ as 32 bytes; the public key comes out as before. Keeps its own copy. */
  public static Issuer fromSecret(GroupParameters parameters, int epoch, SecretBytes gamma) {
    return new Issuer(parameters, epoch, SecretScalars.copyOf(gamma));
  }

  /** A copy the caller closes. */
  public SecretBytes secret() {
    return gamma.use(SecretBytes::copyOf);
  }

  public GroupPublicKey publicKey() {
    return publicKey;
  }

  /** The commitment must have been verified with its proof and signature. */
  public Credential issue(JoinCommitment verified, SecureRandom random) {
    return issue(verified.c48(), random);
  }

  /** For a C that the registry already holds. */
  public Credential issue(byte[] registeredC48, SecureRandom random) {
    G1 base = GroupParameters.P1.plus(G1.fromBytes(registeredC48));
    if (base.isInfinity()) {
      throw new CryptoException(CryptoException.Reason.BAD_PUBLIC_KEY, "commitment is -P1");
    }
    Fr x;
    Fr sum;
    do {
      x = Fr.random(random);
      sum = x.plus(gamma.use(Fr::fromBytes));
    } while (sum.isZero());
    return new Credential(base.times(sum.inverse()).bytes(), x.bytes());
  }

  @Override
  public void close() {
    gamma.close();
  }
}
