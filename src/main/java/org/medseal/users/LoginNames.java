package org.medseal.users;

import java.util.Locale;
import java.util.regex.Pattern;
import org.medseal.users.UserException.Reason;

/** The one spelling of a login: lower case ASCII, 2 to 64 characters. */
public final class LoginNames {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");

  private LoginNames() {}

  /** BAD_LOGIN_NAME for what cannot be one. */
  public static String canonical(String login) {
    String lower = login.strip().toLowerCase(Locale.ROOT);
    if (!FORM.matcher(lower).matches()) {
      throw new UserException(
          Reason.BAD_LOGIN_NAME,
          "A login has 2 to 64 letters a-z, digits, '.', '_', '@' or '-', and begins with a letter"
              + " or digit.");
    }
    return lower;
  }

  static boolean isValid(String login) {
    return FORM.matcher(login.strip().toLowerCase(Locale.ROOT)).matches();
  }
}
