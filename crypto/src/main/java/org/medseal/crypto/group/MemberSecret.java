package org.medseal.crypto.group;

import java.security.SecureRandom;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/**
 * A member's y, known to nobody else, not even the issuer: that is what keeps a member from being
 * framed. Wiped on close; thread-safe.
 */
public final class MemberSecret implements AutoCloseable {
  private final SecretBytes y;

  private MemberSecret(SecretBytes owned) {
    this.y = owned;
  }

  public static MemberSecret generate(SecureRandom random) {
    return new MemberSecret(SecretScalars.random(random));
  }

  /** 32 bytes below r and not zero; MALFORMED otherwise. Keeps its own copy. */
  public static MemberSecret fromBytes(SecretBytes y32) {
    return new MemberSecret(SecretScalars.copyOf(y32));
  }

  /** A copy the caller closes. */
  public SecretBytes secret() {
    return y.use(SecretBytes::copyOf);
  }

  /** C = y·H with a proof of y bound to group, certificate and the issuer's nonce. */
  public JoinCommitment join(
      GroupParameters parameters,
      byte[] groupId,
      byte[] memberCertificate,
      byte[] nonce,
      SecureRandom random) {
    G1 c = commitment(parameters);
    Fr k = HedgedNonces.of("JOIN", random, y, groupId, memberCertificate, nonce).next();
    byte[] binding = JoinCommitment.binding(parameters, groupId, memberCertificate, nonce);
    Fr challenge = JoinCommitment.challenge(binding, c, parameters.h().times(k));
    return new JoinCommitment(c.bytes(), SchnorrProof.of(challenge, k, scalar()).encoded());
  }

  /** C = y·H, 48 bytes, as it stands in the registry. */
  public byte[] commitmentBytes(GroupParameters parameters) {
    return commitment(parameters).bytes();
  }

  G1 commitment(GroupParameters parameters) {
    return parameters.h().times(scalar());
  }

  Fr scalar() {
    return y.use(Fr::fromBytes);
  }

  SecretBytes bytes() {
    return y;
  }

  @Override
  public void close() {
    y.close();
  }
}
