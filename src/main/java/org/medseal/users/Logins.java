package org.medseal.users;

import java.util.Optional;

/** Logging in, out, and changing a password together with the key stores bound to it. */
public final class Logins {
  private final Authenticator<Authenticator.Password> authenticator;
  private final UserStore users;
  private final RoleKeyStores stores;

  /** With the passwords of the users' store itself. */
  public Logins(UserStore users, RoleKeyStores stores) {
    this(users.passwords(), users, stores);
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
    int credentials = users.credentials(shown.login());
    User user = authenticator.authenticate(shown);
    RoleKeys keys =
        user.is(Role.ADMIN)
            ? stores.unlockReadable(user.login(), shown.password())
            : RoleKeys.none();
    String token = users.sessions().start(user, keys, credentials);
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
    int credentials = users.credentials(session.user().login());
    users.checkChange(session.user(), oldPassword, newPassword);
    stores.rebind(
        session.user().login(),
        new RoleKeyStores.Change(oldPassword, newPassword),
        () -> users.storePassword(session, newPassword, credentials));
  }

  /**
   * Opens with the password of before a recovery what the present one does not, for this session.
   * WRONG_PASSPHRASE when nothing opens, LOCKED after several such attempts.
   */
  public Session unlockKeys(Session session, String passphrase) {
    String login = session.user().login();
    RoleKeys opened =
        users
            .attempts()
            .at(
                keysOf(session),
                () -> Optional.of(stores.unlock(login, passphrase)).filter(keys -> !keys.isEmpty()))
            .orElseThrow(Logins::wrongPassphrase);
    return users.sessions().unlock(session, opened);
  }

  /** From now on, and in this session, the password opens what this passphrase opens. */
  public Session rebindKeys(Session session, String passphrase, String password) {
    users.requirePassword(session.user(), password);
    String login = session.user().login();
    RoleKeyStores.Change change = new RoleKeyStores.Change(passphrase, password);
    boolean none =
        users
            .attempts()
            .at(
                keysOf(session),
                () ->
                    Optional.of(stores.rebind(login, change, () -> {})).filter(bound -> bound > 0))
            .isEmpty();
    if (none) {
      throw wrongPassphrase();
    }
    return users.sessions().unlock(session, stores.unlock(login, password));
  }

  private static String keysOf(Session session) {
    return "keys:" + session.user().id();
  }

  private static UserException wrongPassphrase() {
    return new UserException(
        UserException.Reason.WRONG_PASSPHRASE,
        "This passphrase opens no key store that names this user.");
  }
}
