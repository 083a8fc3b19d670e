package org.medseal.crypto.group;

import java.nio.ByteBuffer;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;

/** T1..T4 | c | s_α | s_β | s_x | s_z: 4·48 + 5·32 = 352 bytes, canonical. */
record GroupSignature(G1 t1, G1 t2, G1 t3, G1 t4, Fr c, Fr sAlpha, Fr sBeta, Fr sX, Fr sZ) {
  static final int LENGTH = 4 * G1.LENGTH + 5 * Fr.LENGTH;
  static final int MESSAGE_LENGTH = 32;

  /** The prover's commitments; R2 is a target group element of 576 bytes. */
  @SuppressWarnings("ArrayRecordComponent")
  record Commitments(G1 r1, byte[] r2, G1 r3, G1 r4) {}

  /** MALFORMED unless exactly 352 canonical bytes. */
  static GroupSignature decode(byte[] encoded) {
    Decoding in = new Decoding("group signature", encoded);
    if (encoded.length != LENGTH) {
      throw in.malformed();
    }
    // Scalars come last but cost nothing to check, so they go first; points cost a square root.
    Decoding scalars = new Decoding("group signature", encoded);
    scalars.take(4 * G1.LENGTH);
    Fr c = scalar(scalars);
    Fr sAlpha = scalar(scalars);
    Fr sBeta = scalar(scalars);
    Fr sX = scalar(scalars);
    Fr sZ = scalar(scalars);
    return new GroupSignature(point(in), point(in), point(in), point(in), c, sAlpha, sBeta, sX, sZ);
  }

  private static G1 point(Decoding in) {
    return G1.fromBytes(in.take(G1.LENGTH));
  }

  private static Fr scalar(Decoding in) {
    return Fr.fromBytes(in.take(Fr.LENGTH));
  }

  byte[] encoded() {
    return ByteBuffer.allocate(LENGTH)
        .put(t1.bytes())
        .put(t2.bytes())
        .put(t3.bytes())
        .put(t4.bytes())
        .put(c.bytes())
        .put(sAlpha.bytes())
        .put(sBeta.bytes())
        .put(sX.bytes())
        .put(sZ.bytes())
        .array();
  }

  /** H2S_SIG(gpk, T1..T4, R1..R4, m); the signature's own scalars do not enter. */
  Fr challenge(GroupPublicKey gpk, byte[] message, Commitments r) {
    return challenge(gpk, new G1[] {t1, t2, t3, t4}, message, r);
  }

  static Fr challenge(GroupPublicKey gpk, G1[] t, byte[] message, Commitments r) {
    return Transcripts.challenge(
        "SIG",
        gpk.hash(),
        t[0].bytes(),
        t[1].bytes(),
        t[2].bytes(),
        t[3].bytes(),
        r.r1.bytes(),
        r.r2,
        r.r3.bytes(),
        r.r4.bytes(),
        message);
  }
}
