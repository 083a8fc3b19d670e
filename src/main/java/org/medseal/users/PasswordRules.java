package org.medseal.users;

import java.text.Normalizer;
import org.medseal.users.UserException.Reason;

/** Length decides, not composition (NIST SP 800-63B section 5.1.1.2). */
public final class PasswordRules {
  public static final int SHORTEST = 12;
  public static final int LONGEST = 256;

  private PasswordRules() {}

  /** Throws WEAK_PASSWORD. Lengths count code points. */
  public static void require(String password, String login) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw weak("A password has " + SHORTEST + " to " + LONGEST + " characters.");
    }
    if (password.equalsIgnoreCase(login)) {
      throw weak("The password must not be the login.");
    }
    if (password.codePoints().distinct().count() < 5) {
      throw weak("The password repeats too few characters.");
    }
  }

  /** One spelling however the keyboard composed it; key stores are bound to this form. */
  public static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private static UserException weak(String message) {
    return new UserException(Reason.WEAK_PASSWORD, message);
  }
}
