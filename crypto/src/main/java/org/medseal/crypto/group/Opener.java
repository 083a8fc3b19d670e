package org.medseal.crypto.group;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.security.SecureRandom;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/**
 * Holds ξ1, the one key that names a signer. ξ2 exists only during {@link #setUp}. Wiped on close;
 * thread-safe.
 */
public final class Opener implements AutoCloseable {
  private final GroupParameters parameters;
  private final SecretBytes xi1;

  private Opener(GroupParameters parameters, SecretBytes owned) {
    this.parameters = parameters;
    this.xi1 = owned;
  }

  /** The public parameters of a new group, and the only key that opens in it. */
  public record SetUp(GroupParameters parameters, Opener opener) {}

  public static SetUp setUp(String chainId, SecureRandom random) {
    SecretBytes xi1 = SecretScalars.random(random);
    try (SecretBytes xi2 = SecretScalars.random(random)) {
      // Nonces are hedged with a hash over both secrets.
      SecretBytes both = xi1.use(one -> xi2.use(two -> SecretBytes.copyOf(join(one, two))));
      HedgedNonces nonces = HedgedNonces.of("SETUP", random, both, bytes(chainId));
      GroupParameters parameters =
          GroupParameters.prove(chainId, xi1.use(Fr::fromBytes), xi2.use(Fr::fromBytes), nonces);
      both.close();
      return new SetUp(parameters, new Opener(parameters, xi1));
    }
  }

  private static byte[] join(byte[] one, byte[] two) {
    return Transcripts.hash("SETUP-SECRETS", one, two);
  }

  /** WRONG_KEY unless ξ1·K = H. Keeps its own copy. */
  public static Opener fromSecret(GroupParameters parameters, SecretBytes xi1) {
    SecretBytes copy = SecretScalars.copyOf(xi1);
    if (!GroupParameters.K.times(copy.use(Fr::fromBytes)).equals(parameters.h())) {
      copy.close();
      throw new CryptoException(Reason.WRONG_KEY, "not the opener's key of this group");
    }
    return new Opener(parameters, copy);
  }

  /** A copy the caller closes. */
  public SecretBytes secret() {
    return xi1.use(SecretBytes::copyOf);
  }

  /**
   * Verifies first, else opening would be a decryption oracle against anonymity. BAD_SIGNATURE, or
   * WRONG_KEY for another group.
   */
  public Opening open(GroupPublicKey gpk, byte[] message32, byte[] signature352) {
    if (!gpk.parameters().equals(parameters)) {
      throw new CryptoException(Reason.WRONG_KEY, "signature is of another group");
    }
    if (!gpk.verify(message32, signature352)) {
      throw new CryptoException(
          Reason.BAD_SIGNATURE, "only a valid group signature of its epoch can be opened");
    }
    GroupSignature sig = GroupSignature.decode(signature352);
    Fr secret = xi1.use(Fr::fromBytes);
    G1 a = sig.t2().minus(sig.t1().times(secret));
    byte[] binding = Opening.binding(message32, signature352);
    Fr nonce = HedgedNonces.of("OPEN", new SecureRandom(), xi1, gpk.hash(), binding).next();
    Fr challenge =
        Opening.challenge(gpk, binding, a, GroupParameters.K.times(nonce), sig.t1().times(nonce));
    return new Opening(a.bytes(), SchnorrProof.of(challenge, nonce, secret).encoded());
  }

  @Override
  public void close() {
    xi1.close();
  }
}
