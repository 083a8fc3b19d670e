package org.medseal.users;

import java.security.SecureRandom;

/** RFC 4648 section 6, without padding; whole groups of five bytes only. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int GROUP_BYTES = 5;
  private static final int GROUP_CHARACTERS = 8;
  private static final int BITS = 5;

  private Base32() {}

  static String encode(byte[] bytes) {
    if (bytes.length % GROUP_BYTES != 0) {
      throw new IllegalArgumentException("not whole groups: " + bytes.length + " bytes");
    }
    StringBuilder text = new StringBuilder(bytes.length / GROUP_BYTES * GROUP_CHARACTERS);
    for (int group = 0; group < bytes.length; group += GROUP_BYTES) {
      long bits = 0;
      for (int i = 0; i < GROUP_BYTES; i++) {
        bits = (bits << Byte.SIZE) | (bytes[group + i] & 0xff);
      }
      for (int i = GROUP_CHARACTERS - 1; i >= 0; i--) {
        text.append(ALPHABET.charAt((int) (bits >>> (i * BITS)) & 31));
      }
    }
    return text.toString();
  }

  /** So many random characters, 5 bits each; a multiple of eight. */
  static String random(int characters, SecureRandom random) {
    byte[] bytes = new byte[characters / GROUP_CHARACTERS * GROUP_BYTES];
    random.nextBytes(bytes);
    return encode(bytes);
  }
}
