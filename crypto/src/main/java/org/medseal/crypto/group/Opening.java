package org.medseal.crypto.group;

import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.Digests;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/**
 * The signer's A (48 bytes) and a public proof (64 bytes) that log_K H = log_T1 (T2 - A), bound to
 * signature and message.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, equality is by content
public record Opening(byte[] a48, byte[] proof) {
  public static final int LENGTH = G1.LENGTH + SchnorrProof.LENGTH;

  public Opening {
    if (a48.length != G1.LENGTH || proof.length != SchnorrProof.LENGTH) {
      throw new CryptoException(CryptoException.Reason.MALFORMED, "an opening is 48 and 64 bytes");
    }
    a48 = a48.clone();
    proof = proof.clone();
  }

  @Override
  public byte[] a48() {
    return a48.clone();
  }

  @Override
  public byte[] proof() {
    return proof.clone();
  }

  public byte[] encoded() {
    byte[] out = Arrays.copyOf(a48, LENGTH);
    System.arraycopy(proof, 0, out, G1.LENGTH, proof.length);
    return out;
  }

  public static Opening decode(byte[] encoded) {
    Decoding in = new Decoding("opening", encoded);
    Opening decoded = new Opening(in.take(G1.LENGTH), in.take(SchnorrProof.LENGTH));
    in.end();
    return decoded;
  }

  /** Whether the proof holds for this signature and message; the signature is checked elsewhere. */
  boolean holds(GroupPublicKey gpk, byte[] message, byte[] signature) {
    GroupSignature sig = GroupSignature.decode(signature);
    G1 a = G1.fromBytes(a48);
    SchnorrProof p = SchnorrProof.decode(proof);
    G1 r1 = p.commitment(GroupParameters.K, gpk.parameters().h());
    G1 r2 = p.commitment(sig.t1(), sig.t2().minus(a));
    return p.c().equals(challenge(gpk, binding(message, signature), a, r1, r2));
  }

  static byte[] binding(byte[] message, byte[] signature) {
    return Digests.sha256(message, signature);
  }

  static Fr challenge(GroupPublicKey gpk, byte[] binding, G1 a, G1 r1, G1 r2) {
    return Transcripts.challenge("OPEN", gpk.hash(), binding, a.bytes(), r1.bytes(), r2.bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Opening that && Arrays.equals(encoded(), that.encoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded());
  }
}
