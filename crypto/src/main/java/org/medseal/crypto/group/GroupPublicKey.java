package org.medseal.crypto.group;

import static org.medseal.crypto.LengthPrefixed.bytes;
import static org.medseal.crypto.LengthPrefixed.u32;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.bls.FixedBase;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;
import org.medseal.crypto.bls.G2;
import org.medseal.crypto.bls.Pairings;

/**
 * The key that verifies signatures of one epoch: group parameters, epoch number and the issuer's W
 * = γ·P2 with its proof of possession, which every instance has verified. Immutable and
 * thread-safe. Encoded: four-byte length, parameters, four-byte epoch, W (96), proof (64).
 */
public final class GroupPublicKey {
  static final G2 P2 = G2.generator();
  private static final byte[] P2_BYTES = P2.bytes();

  private final GroupParameters parameters;
  private final int epoch;
  private final G2 w;
  private final byte[] encoded;
  private final byte[] hash;

  /** Made by the first check; null before. */
  private volatile Bases bases;

  /** MALFORMED for bad encodings, BAD_PUBLIC_KEY when the proof of possession does not hold. */
  public GroupPublicKey(
      GroupParameters parameters, int epoch, byte[] issuerPublic96, byte[] proofOfPossession) {
    if (epoch < 0) {
      throw new CryptoException(Reason.MALFORMED, "a group epoch is not negative");
    }
    this.parameters = parameters;
    this.epoch = epoch;
    this.w = G2.fromBytes(issuerPublic96);
    SchnorrProof proof = SchnorrProof.decode(proofOfPossession);
    if (!proof.c().equals(possession(parameters, epoch, w, proof.commitment(P2, w)))) {
      throw new CryptoException(
          Reason.BAD_PUBLIC_KEY, "issuer key of epoch " + epoch + " has no valid proof");
    }
    this.encoded = encode(parameters, epoch, issuerPublic96, proofOfPossession);
    this.hash =
        Digests.sha256(
            LengthPrefixed.join(
                bytes("MEDSEAL-XSGS-V1|GPK"),
                bytes(parameters.chainId()),
                GroupParameters.P1.bytes(),
                P2_BYTES,
                GroupParameters.K.bytes(),
                parameters.h().bytes(),
                parameters.g().bytes(),
                w.bytes(),
                u32(epoch)));
  }

  /** The issuer's own key, with a proof that comes out the same each time. */
  static GroupPublicKey prove(GroupParameters parameters, int epoch, SecretBytes gamma) {
    Fr secret = gamma.use(Fr::fromBytes);
    G2 w = P2.times(secret);
    Fr nonce = HedgedNonces.deterministic("ISSUER", gamma, parameters.encoded(), u32(epoch)).next();
    Fr challenge = possession(parameters, epoch, w, P2.times(nonce));
    byte[] proof = SchnorrProof.of(challenge, nonce, secret).encoded();
    return new GroupPublicKey(parameters, epoch, w.bytes(), proof);
  }

  private static Fr possession(GroupParameters parameters, int epoch, G2 w, G2 commitment) {
    return Transcripts.challenge(
        "ISSUER", parameters.encoded(), u32(epoch), P2_BYTES, w.bytes(), commitment.bytes());
  }

  private static byte[] encode(GroupParameters parameters, int epoch, byte[] w, byte[] proof) {
    byte[] inner = parameters.encoded();
    return ByteBuffer.allocate(8 + inner.length + w.length + proof.length)
        .putInt(inner.length)
        .put(inner)
        .putInt(epoch)
        .put(w)
        .put(proof)
        .array();
  }

  public static GroupPublicKey decode(byte[] encoded) {
    Decoding in = new Decoding("group public key", encoded);
    GroupParameters parameters = GroupParameters.decode(in.take(in.i32()));
    int epoch = in.i32();
    byte[] w = in.take(G2.LENGTH);
    byte[] proof = in.take(SchnorrProof.LENGTH);
    in.end();
    return new GroupPublicKey(parameters, epoch, w, proof);
  }

  public byte[] encoded() {
    return encoded.clone();
  }

  public int epoch() {
    return epoch;
  }

  public GroupParameters parameters() {
    return parameters;
  }

  /**
   * Whether exactly these 352 bytes are a member's signature of this epoch over these 32 bytes.
   * False for anything malformed.
   */
  public boolean verify(byte[] message32, byte[] signature352) {
    if (message32.length != GroupSignature.MESSAGE_LENGTH) {
      return false;
    }
    try {
      return verify(message32, GroupSignature.decode(signature352));
    } catch (CryptoException malformed) {
      return false;
    }
  }

  /** The points that every check multiplies by public scalars. */
  private record Bases(FixedBase p1, FixedBase k, FixedBase h, FixedBase g) {}

  private Bases bases() {
    if (bases == null) { // several threads at once get the same
      bases =
          new Bases(
              FixedBase.of(GroupParameters.P1),
              FixedBase.of(GroupParameters.K),
              FixedBase.of(parameters.h()),
              FixedBase.of(parameters.g()));
    }
    return bases;
  }

  private boolean verify(byte[] message, GroupSignature sig) {
    Bases bases = bases();
    Fr c = sig.c();
    G1 hAlpha = bases.h.times(sig.sAlpha());
    G1 cT2 = sig.t2().times(c);
    G1 leftOfP1 = bases.h.timesPlus(sig.sZ().negate(), sig.t2().times(sig.sX()));
    G1 left = bases.p1.timesPlus(c.negate(), leftOfP1);
    G1 r1 = bases.k.timesPlus(sig.sAlpha(), sig.t1().times(c).negate());
    byte[] r2 = Pairings.product(left, P2, cT2.minus(hAlpha), w);
    G1 r3 = bases.k.timesPlus(sig.sBeta(), sig.t3().times(c).negate());
    G1 r4 = bases.g.timesPlus(sig.sBeta().negate(), hAlpha.minus(cT2).plus(sig.t4().times(c)));
    return c.equals(sig.challenge(this, message, new GroupSignature.Commitments(r1, r2, r3, r4)));
  }

  G2 w() {
    return w;
  }

  /** SHA-256 over (chain id, P1, P2, K, H, G, W, epoch). */
  public byte[] hash() {
    return hash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupPublicKey that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
