package org.medseal.crypto.sm2;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.medseal.crypto.CryptoException;

/**
 * GM/T 0009 ciphertext: DER SEQUENCE(INTEGER x, INTEGER y, OCTET STRING C3, OCTET STRING C2), to
 * and from the engine's C1|C3|C2. Only the one DER encoding of each ciphertext is read.
 */
final class Sm2Ciphertext {
  static final int C3_LENGTH = 32;
  private static final int C1_LENGTH = Sm2Curve.POINT_LENGTH;

  private Sm2Ciphertext() {}

  static byte[] toDer(byte[] raw) {
    try {
      return new DERSequence(
              new ASN1Encodable[] {
                coordinate(raw, 1),
                coordinate(raw, 1 + Sm2Curve.FIELD_LENGTH),
                new DEROctetString(Arrays.copyOfRange(raw, C1_LENGTH, C1_LENGTH + C3_LENGTH)),
                new DEROctetString(Arrays.copyOfRange(raw, C1_LENGTH + C3_LENGTH, raw.length))
              })
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("DER could not be written to memory", e);
    }
  }

  private static ASN1Integer coordinate(byte[] raw, int offset) {
    return new ASN1Integer(new BigInteger(1, raw, offset, Sm2Curve.FIELD_LENGTH));
  }

  /** C1|C3|C2 with C1 on the curve; CryptoException of any reason, which callers must coarsen. */
  static byte[] fromDer(byte[] der) {
    byte[] raw = parse(der);
    Sm2Curve.point(Arrays.copyOf(raw, C1_LENGTH));
    if (!Arrays.equals(toDer(raw), der)) {
      throw malformed(null);
    }
    return raw;
  }

  private static byte[] parse(byte[] der) {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
      if (sequence == null || sequence.size() != 4) { // null for no bytes at all
        throw malformed(null);
      }
      byte[] c1 =
          Sm2Curve.encode(
              ASN1Integer.getInstance(sequence.getObjectAt(0)).getValue(),
              ASN1Integer.getInstance(sequence.getObjectAt(1)).getValue());
      byte[] c3 = ASN1OctetString.getInstance(sequence.getObjectAt(2)).getOctets();
      byte[] c2 = ASN1OctetString.getInstance(sequence.getObjectAt(3)).getOctets();
      if (c3.length != C3_LENGTH || c2.length == 0) {
        throw malformed(null);
      }
      byte[] raw = Arrays.copyOf(c1, C1_LENGTH + C3_LENGTH + c2.length);
      System.arraycopy(c3, 0, raw, C1_LENGTH, C3_LENGTH);
      System.arraycopy(c2, 0, raw, C1_LENGTH + C3_LENGTH, c2.length);
      return raw;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw malformed(e);
    }
  }

  private static CryptoException malformed(Exception cause) {
    return new CryptoException(
        CryptoException.Reason.MALFORMED, "not the DER form of an SM2 ciphertext", cause);
  }
}
