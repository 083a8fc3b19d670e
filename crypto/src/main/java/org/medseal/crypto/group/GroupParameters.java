package org.medseal.crypto.group;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/**
 * What the opener's set-up fixes for one chain: H = ξ1·K and G = ξ2·K with proofs of knowledge.
 * Encoded: version 1, two-byte length and UTF-8 of the chain id, H, G, two proofs of 64 bytes.
 * Every instance has verified proofs.
 */
public final class GroupParameters {
  private static final String HASH_TAG =
      "MEDSEAL-XSGS-V1-GENERATORS_BLS12381G1_XMD:SHA-256_SSWU_RO_";

  /** Nothing up the sleeve: hashes of their own names. */
  static final G1 P1 = G1.hashToCurve(bytes("P1"), HASH_TAG);

  static final G1 K = G1.hashToCurve(bytes("K"), HASH_TAG);

  private static final int VERSION = 1;
  private static final int MAX_CHAIN_ID = 255;

  private final String chainId;
  private final G1 h;
  private final G1 g;
  private final byte[] encoded;

  private GroupParameters(String chainId, G1 h, G1 g, byte[] encoded) {
    this.chainId = chainId;
    this.h = h;
    this.g = g;
    this.encoded = encoded;
  }

  /** From the opener's two secrets; proves knowledge of both. */
  static GroupParameters prove(String chainId, Fr xi1, Fr xi2, HedgedNonces nonces) {
    byte[] chain = bytes(chainId);
    if (chain.length == 0 || chain.length > MAX_CHAIN_ID) {
      throw new IllegalArgumentException("a chain id is 1 to 255 bytes of UTF-8");
    }
    G1 h = K.times(xi1);
    G1 g = K.times(xi2);
    byte[] encoded =
        ByteBuffer.allocate(3 + chain.length + 2 * G1.LENGTH + 2 * SchnorrProof.LENGTH)
            .put((byte) VERSION)
            .putShort((short) chain.length)
            .put(chain)
            .put(h.bytes())
            .put(g.bytes())
            .put(proof("SETUP-H", chain, h, xi1, nonces.next()).encoded())
            .put(proof("SETUP-G", chain, g, xi2, nonces.next()).encoded())
            .array();
    return decode(encoded);
  }

  private static SchnorrProof proof(String tag, byte[] chain, G1 point, Fr secret, Fr nonce) {
    return SchnorrProof.of(challenge(tag, chain, point, K.times(nonce)), nonce, secret);
  }

  private static Fr challenge(String tag, byte[] chain, G1 point, G1 commitment) {
    return Transcripts.challenge(tag, chain, K.bytes(), point.bytes(), commitment.bytes());
  }

  /** MALFORMED, or BAD_PUBLIC_KEY when a proof does not hold. */
  public static GroupParameters decode(byte[] encoded) {
    Decoding in = new Decoding("set of group parameters", encoded);
    if (in.u8() != VERSION) {
      throw in.malformed();
    }
    byte[] chain = in.take(in.u16());
    String chainId = new String(chain, StandardCharsets.UTF_8);
    if (chain.length == 0 || chain.length > MAX_CHAIN_ID || !Arrays.equals(bytes(chainId), chain)) {
      throw in.malformed();
    }
    G1 h = G1.fromBytes(in.take(G1.LENGTH));
    G1 g = G1.fromBytes(in.take(G1.LENGTH));
    SchnorrProof ofH = SchnorrProof.decode(in.take(SchnorrProof.LENGTH));
    SchnorrProof ofG = SchnorrProof.decode(in.take(SchnorrProof.LENGTH));
    in.end();
    boolean holds =
        ofH.c().equals(challenge("SETUP-H", chain, h, ofH.commitment(K, h)))
            && ofG.c().equals(challenge("SETUP-G", chain, g, ofG.commitment(K, g)));
    if (!holds || h.equals(g)) {
      throw new CryptoException(
          Reason.BAD_PUBLIC_KEY, "group parameters carry a proof that does not hold");
    }
    return new GroupParameters(chainId, h, g, encoded.clone());
  }

  public byte[] encoded() {
    return encoded.clone();
  }

  public String chainId() {
    return chainId;
  }

  G1 h() {
    return h;
  }

  G1 g() {
    return g;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupParameters that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
