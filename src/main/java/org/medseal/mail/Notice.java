package org.medseal.mail;

/** Something happened to an account that its owner should know, in case it was somebody else. */
public enum Notice {
  PASSWORD_RECOVERED("recovered"),
  PASSWORD_CHANGED("password"),
  /** Told to the address of before. */
  EMAIL_CHANGED("email"),
  SECOND_FACTOR_REMOVED("totp");

  private final String key;

  Notice(String key) {
    this.key = "notice." + key;
  }

  String key() {
    return key;
  }
}
