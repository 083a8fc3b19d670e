package org.medseal.ledger.app;

import org.medseal.ledger.model.Bytes;

/**
 * Could this be a 16-byte data key wrapped by SM2? Looks at the outer form only: DER
 * SEQUENCE(INTEGER x, INTEGER y, OCTET STRING C3 of 32, OCTET STRING C2 of 16), GM/T 0009.
 */
final class WrapShape {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int COORDINATE = 33;
  private static final int DIGEST = 32;
  private static final int DATA_KEY = 16;

  private WrapShape() {}

  static boolean isPlausible(Bytes wrap) {
    byte[] der = wrap.toArray();
    if (der.length < 2 || der[0] != SEQUENCE || der[1] != der.length - 2) {
      return false;
    }
    int y = end(der, 2, INTEGER, 1, COORDINATE);
    int digest = end(der, y, INTEGER, 1, COORDINATE);
    int key = end(der, digest, OCTETS, DIGEST, DIGEST);
    return end(der, key, OCTETS, DATA_KEY, DATA_KEY) == der.length;
  }

  /** Offset after the element at {@code at}; -1 if there is none of that tag and length. */
  private static int end(byte[] der, int at, int tag, int shortest, int longest) {
    if (at < 0 || at + 2 > der.length || der[at] != tag) {
      return -1;
    }
    int length = der[at + 1];
    int end = at + 2 + length;
    return length >= shortest && length <= longest && end <= der.length ? end : -1;
  }
}
