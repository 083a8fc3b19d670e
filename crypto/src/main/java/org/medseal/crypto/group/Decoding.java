package org.medseal.crypto.group;

import java.nio.ByteBuffer;
import org.medseal.crypto.CryptoException;

/** Exact-length reading: MALFORMED when bytes are missing or left over. */
final class Decoding {
  private final String what;
  private final ByteBuffer in;

  Decoding(String what, byte[] encoded) {
    this.what = what;
    this.in = ByteBuffer.wrap(encoded);
  }

  byte[] take(int length) {
    if (length < 0 || length > in.remaining()) {
      throw malformed();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  int u8() {
    return take(1)[0] & 0xff;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  int i32() {
    return ByteBuffer.wrap(take(Integer.BYTES)).getInt();
  }

  void end() {
    if (in.hasRemaining()) {
      throw malformed();
    }
  }

  CryptoException malformed() {
    return new CryptoException(CryptoException.Reason.MALFORMED, "not a canonical " + what);
  }
}
