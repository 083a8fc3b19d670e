package org.medseal.users;

import java.time.Clock;
import java.util.Optional;
import org.medseal.users.UserException.Reason;

/** Whose password it is; counts failures and locks a login for a growing time. */
final class PasswordCheck {
  private static final Account NOBODY = new Account("nobody", PeopleDatabase.NOBODY);

  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordHash passwords;
  private final SessionRules rules;
  private final Clock clock;

  PasswordCheck(
      PeopleDatabase database,
      UserRows rows,
      PasswordHash passwords,
      SessionRules rules,
      Clock clock) {
    this.database = database;
    this.rows = rows;
    this.passwords = passwords;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * The active user behind login and password. NOT_LOGGED_IN for every other case, after the same
   * work, a synced write included; failures in a row lock the login for a growing time.
   */
  User authenticate(String login, String password) {
    Optional<User> known = rows.findByLogin(login);
    Account account = known.map(user -> new Account("users", user.id())).orElse(NOBODY);
    Credentials stored = credentials(account);
    boolean matches =
        passwords.matches(password, known.isPresent() ? stored.hash() : passwords.decoy());
    boolean locked = stored.lockedUntilMs() > clock.millis();
    if (known.isPresent() && !locked && matches && known.get().state() == UserState.ACTIVE) {
      clearFailures(known.get().id(), stored);
      return known.get();
    }
    countFailure(locked || matches ? NOBODY : account);
    throw new UserException(
        Reason.NOT_LOGGED_IN,
        "Login or password is wrong, or the account is not active or locked for a while.");
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

  private void countFailure(Account account) {
    database.change(
        () -> {
          int failures = credentials(account).failures() + 1;
          long until = clock.millis() + rules.lockAfter(failures).toMillis();
          return database.execute(
              "UPDATE " + account.table() + " SET failures = ?, locked_until_ms = ? WHERE id = ?",
              failures,
              until,
              account.id());
        });
  }

  private void clearFailures(String userId, Credentials stored) {
    if (stored.failures() > 0) {
      database.change(
          () ->
              database.execute(
                  "UPDATE users SET failures = 0, locked_until_ms = 0 WHERE id = ?", userId));
    }
  }
}
