package org.medseal.crypto.sm2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import org.medseal.crypto.CryptoException;

/** One PEM block (RFC 7468) of a given label. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String encode(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /** MALFORMED when there is anything but one block of that label and white space. */
  static byte[] decode(String label, String pem) {
    String text = pem.strip();
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    if (!text.startsWith(begin)
        || !text.endsWith(end)
        || text.length() < begin.length() + end.length()) {
      throw malformed(label);
    }
    String body = text.substring(begin.length(), text.length() - end.length());
    try {
      byte[] der = Base64.getDecoder().decode(body.replaceAll("\\s", "").getBytes(US_ASCII));
      if (der.length == 0) {
        throw malformed(label);
      }
      return der;
    } catch (IllegalArgumentException e) {
      throw malformed(label);
    }
  }

  private static CryptoException malformed(String label) {
    return new CryptoException(CryptoException.Reason.MALFORMED, "not a PEM block '" + label + "'");
  }
}
