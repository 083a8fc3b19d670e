package org.medseal.users;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medseal.crypto.Digests;

/**
 * A one-time code for a forgotten password: 40 bits by which it is found and 80 bits that are
 * stored as SHA-256 only. Wrong second halves can be counted against the code they aim at.
 */
record RecoveryCode(String selector, String secret) {
  private static final int SELECTOR_LENGTH = 8;
  private static final int SECRET_LENGTH = 16;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{24}");

  static RecoveryCode random(SecureRandom random) {
    return new RecoveryCode(
        Base32.random(SELECTOR_LENGTH, random), Base32.random(SECRET_LENGTH, random));
  }

  /** However it was typed; empty for what is no code at all. */
  static Optional<RecoveryCode> parse(String shown) {
    String text = SpareCodes.canonical(shown);
    return FORM.matcher(text).matches()
        ? Optional.of(
            new RecoveryCode(text.substring(0, SELECTOR_LENGTH), text.substring(SELECTOR_LENGTH)))
        : Optional.empty();
  }

  /** 64 hexadecimal digits. */
  String verifier() {
    byte[] text = ("medseal-recovery|" + selector + "|" + secret).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Digests.sha256(text));
  }

  /** Six groups of four. */
  String text() {
    return SpareCodes.grouped(selector + secret);
  }

  @Override
  public String toString() {
    return "RecoveryCode[" + selector + "]";
  }
}
