package org.medseal.users;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.medseal.users.UserException.Reason;

/**
 * The built-in way in: a password of this store and a second factor where one is set up. Failures
 * of both count alike and lock the login for a growing time.
 */
final class PasswordCheck implements Authenticator<Authenticator.Password> {
  private static final Account NOBODY = new Account("nobody", PeopleDatabase.NOBODY);

  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordHash passwords;
  private final SecondFactors factors;
  private final Lock lock;

  /** When a login is locked, and for how long. */
  record Lock(SessionRules rules, Clock clock) {
    boolean holds(long untilMs) {
      return untilMs > clock.millis();
    }

    long untilMs(int failures) {
      return clock.millis() + rules.lockAfter(failures).toMillis();
    }
  }

  PasswordCheck(
      PeopleDatabase database,
      UserRows rows,
      PasswordHash passwords,
      SecondFactors factors,
      Lock lock) {
    this.database = database;
    this.rows = rows;
    this.passwords = passwords;
    this.factors = factors;
    this.lock = lock;
  }

  /**
   * The active user behind login and password. NOT_LOGGED_IN for every other case, after the same
   * work, a synced write included; TOTP_NEEDED only to the right password.
   */
  @Override
  public User authenticate(Authenticator.Password shown) {
    User user = withPassword(shown.login(), shown.password());
    return switch (admit(user, shown.totp())) {
      case ADMITTED -> user;
      case LOCKED -> throw notLoggedIn();
      case FACTOR_MISSING ->
          throw new UserException(
              Reason.TOTP_NEEDED, "The code of the authenticator app is needed, too.");
      case FACTOR_WRONG ->
          throw new UserException(
              Reason.TOTP_NEEDED,
              "The code is wrong or was used already; wait for the next one, or use a spare code.");
    };
  }

  /** As it is stored. */
  String hash(String password) {
    return passwords.hash(password);
  }

  /** Only the password of somebody logged in; a right one forgets no failures. */
  void requirePassword(User user, String password) {
    try {
      withPassword(user.login(), password);
    } catch (UserException e) {
      if (e.reason() != Reason.NOT_LOGGED_IN) {
        throw e;
      }
      throw new UserException(Reason.WRONG_PASSWORD, "The present password is wrong.");
    }
  }

  private User withPassword(String login, String password) {
    Optional<User> known = rows.findByLogin(login);
    Account account = known.map(user -> new Account("users", user.id())).orElse(NOBODY);
    Credentials stored = credentials(account);
    boolean matches =
        passwords.matches(password, known.isPresent() ? stored.hash() : passwords.decoy());
    boolean locked = lock.holds(stored.lockedUntilMs());
    if (known.isPresent() && !locked && matches && known.get().state() == UserState.ACTIVE) {
      return known.get();
    }
    database.change(() -> countFailure(locked || matches ? NOBODY : account));
    throw notLoggedIn();
  }

  private enum Verdict {
    ADMITTED,
    LOCKED,
    FACTOR_MISSING,
    FACTOR_WRONG
  }

  /** One at a time: guesses sent together find the lock that the first of them brought about. */
  private Verdict admit(User user, String totp) {
    Account account = new Account("users", user.id());
    return database.change(
        () -> {
          if (lock.holds(credentials(account).lockedUntilMs())) {
            return Verdict.LOCKED;
          }
          if (factors.isSetUp(user.id())) {
            if (totp.isBlank()) {
              return Verdict.FACTOR_MISSING;
            }
            if (!factors.use(user.id(), totp)) {
              countFailure(account);
              return Verdict.FACTOR_WRONG;
            }
          }
          database.execute(
              "UPDATE users SET failures = 0, locked_until_ms = 0 WHERE id = ?", user.id());
          return Verdict.ADMITTED;
        });
  }

  private record Credentials(String hash, int failures, long lockedUntilMs) {}

  /** Where failures are counted: a user, or the row for logins that nobody has. */
  private record Account(String table, String id) {}

  private Credentials credentials(Account account) {
    return database
        .first(
            "SELECT password, failures, locked_until_ms FROM " + account.table() + " WHERE id = ?",
            row -> new Credentials(row.getString(1), row.getInt(2), row.getLong(3)),
            account.id())
        .orElseThrow(() -> new UserException(Reason.UNKNOWN_USER, "There is no such user."));
  }

  private int countFailure(Account account) throws SQLException {
    int failures = credentials(account).failures() + 1;
    return database.execute(
        "UPDATE " + account.table() + " SET failures = ?, locked_until_ms = ? WHERE id = ?",
        failures,
        lock.untilMs(failures),
        account.id());
  }

  private static UserException notLoggedIn() {
    return new UserException(
        Reason.NOT_LOGGED_IN,
        "Login or password is wrong, or the account is not active or locked for a while.");
  }
}
