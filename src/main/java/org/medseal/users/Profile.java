package org.medseal.users;

import java.util.regex.Pattern;
import org.medseal.users.UserException.Reason;

/**
 * What a user says of the own person; BAD_PROFILE for what cannot be.
 *
 * @param displayName 1 to 200 characters
 * @param email where a recovery link goes; empty for none
 * @param licenceNumber of the medical licence, as its authority writes it; empty for none
 */
public record Profile(String displayName, String email, String licenceNumber) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_LICENCE = 64;

  /** Narrower than RFC 5321 allows: nothing that could end a header or name a second person. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

  public Profile {
    displayName = displayName.strip();
    email = email.strip();
    licenceNumber = licenceNumber.strip();
    if (displayName.isEmpty() || displayName.length() > LONGEST_NAME || hasControls(displayName)) {
      throw refused(
          "A display name has 1 to " + LONGEST_NAME + " characters, none a control character.");
    }
    if (email.length() > LONGEST_EMAIL || (!email.isEmpty() && !EMAIL.matcher(email).matches())) {
      throw refused("The e-mail address is not one that a mail can be sent to.");
    }
    if (licenceNumber.length() > LONGEST_LICENCE || hasControls(licenceNumber)) {
      throw refused(
          "A licence number has at most "
              + LONGEST_LICENCE
              + " characters, none a control character.");
    }
  }

  public static Profile named(String displayName) {
    return new Profile(displayName, "", "");
  }

  /** The address in it is kept out of logs. */
  @Override
  public String toString() {
    return "Profile[" + displayName + "]";
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static UserException refused(String message) {
    return new UserException(Reason.BAD_PROFILE, message);
  }
}
