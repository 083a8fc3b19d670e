package org.medseal.users;

/** Logging in, out, and changing a password together with the key stores bound to it. */
public final class Logins {
  private final Authenticator<Authenticator.Password> authenticator;
  private final UserStore users;
  private final RoleKeyStores stores;

  /** With the passwords of the users' store itself. */
  public Logins(UserStore users, RoleKeyStores stores) {
    this(shown -> users.authenticate(shown.login(), shown.password()), users, stores);
  }

  public Logins(
      Authenticator<Authenticator.Password> authenticator, UserStore users, RoleKeyStores stores) {
    this.authenticator = authenticator;
    this.users = users;
    this.stores = stores;
  }

  /** A fresh login and its token. */
  public record Started(String token, Session session) {
    @Override
    public String toString() {
      return "Started[" + session + "]";
    }
  }

  /**
   * As {@link Authenticator#authenticate}; what of the role keys the password opens is unlocked.
   */
  public Started login(Authenticator.Password shown) {
    User user = authenticator.authenticate(shown);
    RoleKeys keys =
        user.is(Role.ADMIN) ? stores.unlock(user.login(), shown.password()) : RoleKeys.none();
    String token = users.sessions().start(user, keys);
    Session session =
        users
            .sessions()
            .find(token)
            .orElseThrow(
                () ->
                    new UserException(
                        UserException.Reason.NOT_LOGGED_IN, "The account is not active any more."));
    return new Started(token, session);
  }

  public void logout(Session session) {
    users.sessions().end(session);
  }

  /** Keeps this session, ends the user's others, and binds the user's key stores anew. */
  public void changePassword(Session session, String oldPassword, String newPassword) {
    users.checkChange(session.user(), oldPassword, newPassword);
    stores.rebind(
        session.user().login(),
        new RoleKeyStores.Change(oldPassword, newPassword),
        () -> users.storePassword(session, newPassword));
  }
}
