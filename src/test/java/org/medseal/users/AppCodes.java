package org.medseal.users;

import java.time.Instant;

/** An authenticator app, for tests of other packages. */
public final class AppCodes {
  private final byte[] secret;

  /**
   * @param secret base32
   */
  public AppCodes(String secret) {
    this.secret = Accounts.decoded(secret);
  }

  public String now() {
    return Totp.code(secret, Totp.step(Instant.now()));
  }
}
