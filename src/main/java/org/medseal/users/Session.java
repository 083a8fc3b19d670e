package org.medseal.users;

/**
 * A logged-in user and the role keys this login unlocked.
 *
 * @param id SHA-256 of the token in hexadecimal; the token itself is kept nowhere
 */
public record Session(String id, User user, RoleKeys keys) {
  @Override
  public String toString() {
    return "Session[" + user.login() + "]";
  }
}
