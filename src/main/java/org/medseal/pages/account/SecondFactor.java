package org.medseal.pages.account;

/**
 * A second factor being set up; shown on this one answer and read again from its form only.
 *
 * @param secret base32, for typing
 * @param uri otpauth, for a camera
 */
record SecondFactor(String secret, String uri, QrCode code) {
  private static final int LONGEST_URI = 500;

  static SecondFactor of(String secret, String uri) {
    if (!isAddress(uri)) {
      throw new IllegalArgumentException("not a second factor's address");
    }
    return new SecondFactor(secret, uri, QrCode.of(uri));
  }

  static boolean isAddress(String uri) {
    return uri.length() <= LONGEST_URI && uri.startsWith("otpauth://totp/");
  }

  /** In groups of four, as people type it. */
  String grouped() {
    return secret.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
