package org.medseal.users;

/**
 * One way to tell who somebody is. The judgement is whole: second factor and lock-out are the
 * authenticator's own. A directory takes {@link Password} too, an OpenID provider something else;
 * whatever it is, the answer is a user of this node, who is active.
 *
 * @param <E> what is shown
 */
public interface Authenticator<E> {

  /**
   * UserException NOT_LOGGED_IN without saying why, or TOTP_NEEDED where all but the second factor
   * is right.
   */
  User authenticate(E evidence);

  /**
   * What a person types.
   *
   * @param totp six digits of the moment or an unused recovery code; empty when none was given
   */
  record Password(String login, String password, String totp) {
    public Password(String login, String password) {
      this(login, password, "");
    }

    @Override
    public String toString() {
      return "Password[of somebody]";
    }
  }
}
