package org.medseal.crypto.keystore;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.medseal.crypto.Digests;

/**
 * HMAC-SHA-256 (RFC 2104) that keeps the states after the key's two blocks, so that a message of up
 * to 55 bytes costs two compressions where {@code javax.crypto.Mac} takes four.
 */
final class HmacStates {
  static final int LENGTH = 32;
  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final MessageDigest inner;
  private final MessageDigest outer;

  HmacStates(byte[] key) {
    byte[] short64 = key.length > BLOCK ? Digests.newSha256().digest(key) : key;
    inner = begun(short64, INNER);
    outer = begun(short64, OUTER);
    if (short64 != key) {
      Passphrases.wipe(short64);
    }
  }

  private static MessageDigest begun(byte[] key, byte pad) {
    byte[] block = new byte[BLOCK];
    Arrays.fill(block, pad);
    for (int i = 0; i < key.length; i++) {
      block[i] ^= key[i];
    }
    MessageDigest digest = Digests.newSha256();
    digest.update(block);
    Passphrases.wipe(block);
    return digest;
  }

  /** Of the message; into {@code mac}, which may be the message itself. */
  void of(byte[] message, byte[] mac) {
    try {
      MessageDigest first = (MessageDigest) inner.clone();
      first.update(message);
      first.digest(mac, 0, LENGTH);
      MessageDigest second = (MessageDigest) outer.clone();
      second.update(mac, 0, LENGTH);
      second.digest(mac, 0, LENGTH);
    } catch (CloneNotSupportedException | DigestException e) {
      throw new IllegalStateException("SHA-256 of this Java cannot be continued", e);
    }
  }
}
