package org.medseal.crypto.group;

import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/**
 * C = y·H (48 bytes) with a proof of y (64 bytes). The member's institution signs it; C is unique
 * in the registry, which its holder checks.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, equality is by content
public record JoinCommitment(byte[] c48, byte[] proof) {
  public static final int LENGTH = G1.LENGTH + SchnorrProof.LENGTH;

  public JoinCommitment {
    if (c48.length != G1.LENGTH || proof.length != SchnorrProof.LENGTH) {
      throw new CryptoException(
          CryptoException.Reason.MALFORMED, "a join commitment is 48 and 64 bytes");
    }
    c48 = c48.clone();
    proof = proof.clone();
  }

  @Override
  public byte[] c48() {
    return c48.clone();
  }

  @Override
  public byte[] proof() {
    return proof.clone();
  }

  public byte[] encoded() {
    byte[] out = Arrays.copyOf(c48, LENGTH);
    System.arraycopy(proof, 0, out, G1.LENGTH, proof.length);
    return out;
  }

  public static JoinCommitment decode(byte[] encoded) {
    Decoding in = new Decoding("join commitment", encoded);
    JoinCommitment decoded = new JoinCommitment(in.take(G1.LENGTH), in.take(SchnorrProof.LENGTH));
    in.end();
    return decoded;
  }

  /** Whether the proof holds for exactly this group, certificate and nonce. */
  public boolean verify(
      GroupParameters parameters, byte[] groupId, byte[] memberCertificate, byte[] nonce) {
    try {
      G1 c = G1.fromBytes(c48);
      SchnorrProof p = SchnorrProof.decode(proof);
      byte[] binding = binding(parameters, groupId, memberCertificate, nonce);
      return p.c().equals(challenge(binding, c, p.commitment(parameters.h(), c)));
    } catch (CryptoException malformed) {
      return false;
    }
  }

  static byte[] binding(
      GroupParameters parameters, byte[] groupId, byte[] memberCertificate, byte[] nonce) {
    return LengthPrefixed.join(parameters.encoded(), groupId, memberCertificate, nonce);
  }

  static Fr challenge(byte[] binding, G1 c, G1 commitment) {
    return Transcripts.challenge("JOIN", binding, c.bytes(), commitment.bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JoinCommitment that && Arrays.equals(encoded(), that.encoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded());
  }
}
