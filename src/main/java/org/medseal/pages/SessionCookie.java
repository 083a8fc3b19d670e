package org.medseal.pages;

/**
 * The cookie that holds a session's token in a browser: for this host and HTTPS only, out of reach
 * of scripts, never sent along from another site, gone with the browser.
 */
public final class SessionCookie {
  public static final String NAME = "__Host-medseal";
  private static final String FLAGS = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  private SessionCookie() {}

  /** Value of Set-Cookie. */
  public static String of(String token) {
    return NAME + "=" + token + FLAGS;
  }

  public static String none() {
    return NAME + "=; Max-Age=0" + FLAGS;
  }
}
