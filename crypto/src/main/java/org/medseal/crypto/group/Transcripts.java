package org.medseal.crypto.group;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.bls.Fr;

/**
 * Hash to scalar with a domain tag: SHA-512 over the length-prefixed tag and parts, its 64 bytes
 * reduced modulo r.
 */
final class Transcripts {
  private static final String PREFIX = "MEDSEAL-XSGS-V1|";

  private Transcripts() {}

  static Fr challenge(String tag, byte[]... parts) {
    return Fr.reduce(hash(tag, parts));
  }

  static byte[] hash(String tag, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(LengthPrefixed.join(bytes(PREFIX + tag)));
      digest.update(LengthPrefixed.join(parts));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-512", e);
    }
  }
}
