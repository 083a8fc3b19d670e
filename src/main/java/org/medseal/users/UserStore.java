package org.medseal.users;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medseal.users.UserException.Reason;

/**
 * Users, their passwords and roles in {@code people/}; durable when a call returns. Thread-safe.
 * Failures are {@link UserException}.
 */
public final class UserStore implements AutoCloseable {
  private static final int MOST_PENDING = 1_000;
  private static final int LONGEST_NAME = 200;
  private static final Account NOBODY = new Account("nobody", PeopleDatabase.NOBODY);
  private static final String COLUMNS =
      "SELECT id, login, display_name, state, roles, created_ms FROM users";

  private final PeopleDatabase database;
  private final PasswordHash passwords;
  private final SessionRules rules;
  private final Clock clock;
  private final Sessions sessions;
  private final TraceApprovers traceApprovers;

  private UserStore(
      PeopleDatabase database, PasswordHash.Cost cost, SessionRules rules, Clock clock) {
    SecureRandom random = new SecureRandom();
    this.database = database;
    this.passwords = new PasswordHash(cost, random);
    this.rules = rules;
    this.clock = clock;
    this.sessions = new Sessions(database, this, rules, clock);
    this.traceApprovers = new TraceApprovers(database);
  }

  public static UserStore open(Path peopleFolder) {
    return open(peopleFolder, SessionRules.defaults());
  }

  public static UserStore open(Path peopleFolder, SessionRules rules) {
    return open(peopleFolder, PasswordHash.Cost.OWASP, rules, Clock.systemUTC());
  }

  static UserStore open(
      Path peopleFolder, PasswordHash.Cost cost, SessionRules rules, Clock clock) {
    return new UserStore(PeopleDatabase.open(peopleFolder), cost, rules, clock);
  }

  public Sessions sessions() {
    return sessions;
  }

  public TraceApprovers traceApprovers() {
    return traceApprovers;
  }

  /**
   * The way in for the first administrator, from the command line; refused once there is an
   * administrator. ADMIN is added to the roles.
   */
  public User createFirstAdmin(String login, String password, Set<Role> roles) {
    String name = LoginNames.canonical(login);
    PasswordRules.require(password, name);
    Set<Role> all = EnumSet.of(Role.ADMIN);
    all.addAll(roles);
    String hash = passwords.hash(password);
    return database.change(
        () -> {
          if (users().stream().anyMatch(user -> user.is(Role.ADMIN))) {
            throw new UserException(
                Reason.WRONG_STATE, "There is an administrator already; ask to be approved.");
          }
          if (findByLogin(name).isPresent()) {
            throw new UserException(Reason.LOGIN_TAKEN, "The login is taken.");
          }
          User user = newUser(name, name, UserState.ACTIVE, all);
          insert(user, hash);
          return user;
        });
  }

  /**
   * Leaves a PENDING user, or nothing when the login is taken or too many wait; the caller cannot
   * tell which, neither by answer nor by time.
   */
  public void register(String login, String password, String displayName) {
    String name = LoginNames.canonical(login);
    PasswordRules.require(password, name);
    String shown = displayName.isBlank() ? name : requireDisplayName(displayName);
    String hash = passwords.hash(password);
    database.change(
        () -> {
          boolean room =
              users().stream().filter(user -> user.state() == UserState.PENDING).count()
                  < MOST_PENDING;
          if (room && findByLogin(name).isEmpty()) {
            insert(newUser(name, shown, UserState.PENDING, Set.of()), hash);
          }
          return null;
        });
  }

  public List<User> users() {
    return database.query(COLUMNS + " ORDER BY login", UserStore::read);
  }

  public Optional<User> find(String userId) {
    return database.first(COLUMNS + " WHERE id = ?", UserStore::read, userId);
  }

  /** Empty also for what is no login at all. */
  public Optional<User> findByLogin(String login) {
    return LoginNames.isValid(login)
        ? database.first(COLUMNS + " WHERE login = ?", UserStore::read, LoginNames.canonical(login))
        : Optional.empty();
  }

  /** From PENDING or DISABLED to ACTIVE, with the roles given before, if any. */
  public User approve(String userId) {
    return approve(userId, User::roles);
  }

  /** From PENDING or DISABLED to ACTIVE, with these roles. */
  public User approve(String userId, Set<Role> roles) {
    requireRoles(roles);
    return approve(userId, user -> roles);
  }

  private User approve(String userId, Function<User, Set<Role>> roles) {
    return database.change(
        () -> {
          User user = require(userId);
          if (user.state() == UserState.ACTIVE) {
            throw new UserException(Reason.WRONG_STATE, "The user is active already.");
          }
          database.execute(
              "UPDATE users SET state = ?, roles = ?, failures = 0, locked_until_ms = 0 WHERE id ="
                  + " ?",
              UserState.ACTIVE.name(),
              text(roles.apply(user)),
              userId);
          return require(userId);
        });
  }

  /** Of a PENDING user they hold from the approval on. */
  public User setRoles(String userId, Set<Role> roles) {
    requireRoles(roles);
    return database.change(
        () -> {
          User user = require(userId);
          if (user.state() == UserState.DISABLED) {
            throw new UserException(
                Reason.WRONG_STATE, "A disabled user's roles change by approving anew.");
          }
          if (!roles.contains(Role.ADMIN)) {
            requireAnotherAdmin(user);
          }
          database.execute("UPDATE users SET roles = ? WHERE id = ?", text(roles), userId);
          return require(userId);
        });
  }

  /** Ends the user's sessions, too. */
  public User disable(String userId) {
    User disabled =
        database.change(
            () -> {
              User user = require(userId);
              requireAnotherAdmin(user);
              database.execute(
                  "UPDATE users SET state = ? WHERE id = ?", UserState.DISABLED.name(), userId);
              database.execute("DELETE FROM sessions WHERE user_id = ?", userId);
              return require(userId);
            });
    sessions.forget(userId);
    return disabled;
  }

  public User rename(String userId, String displayName) {
    String shown = requireDisplayName(displayName);
    return database.change(
        () -> {
          require(userId);
          database.execute("UPDATE users SET display_name = ? WHERE id = ?", shown, userId);
          return require(userId);
        });
  }

  /**
   * The active user behind login and password. NOT_LOGGED_IN for every other case, after the same
   * work, a synced write included; failures in a row lock the login for a growing time.
   */
  public User authenticate(String login, String password) {
    Optional<User> known = findByLogin(login);
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

  /** WRONG_PASSWORD unless the old one is right; guesses count as failed logins. */
  void checkChange(User user, String oldPassword, String newPassword) {
    try {
      authenticate(user.login(), oldPassword);
    } catch (UserException e) {
      if (e.reason() != Reason.NOT_LOGGED_IN) {
        throw e;
      }
      throw new UserException(Reason.WRONG_PASSWORD, "The present password is wrong.");
    }
    PasswordRules.require(newPassword, user.login());
  }

  /** Ends the user's other sessions. */
  void storePassword(Session session, String newPassword) {
    String hash = passwords.hash(newPassword);
    String userId = session.user().id();
    database.change(
        () -> {
          database.execute("UPDATE users SET password = ? WHERE id = ?", hash, userId);
          database.execute(
              "DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?", userId, session.id());
          return null;
        });
    sessions.forgetOthers(session);
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

  private User newUser(String login, String shown, UserState state, Set<Role> roles) {
    return new User(UUID.randomUUID().toString(), login, shown, state, roles, clock.instant());
  }

  private void insert(User user, String hash) throws SQLException {
    database.execute(
        "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)",
        user.id(),
        user.login(),
        user.displayName(),
        hash,
        user.state().name(),
        text(user.roles()),
        user.createdAt().toEpochMilli());
  }

  private User require(String userId) {
    return find(userId)
        .orElseThrow(() -> new UserException(Reason.UNKNOWN_USER, "There is no such user."));
  }

  private void requireAnotherAdmin(User leaving) {
    boolean another =
        users().stream()
            .filter(user -> !user.id().equals(leaving.id()))
            .anyMatch(user -> user.state() == UserState.ACTIVE && user.is(Role.ADMIN));
    if (leaving.is(Role.ADMIN) && leaving.state() == UserState.ACTIVE && !another) {
      throw new UserException(Reason.LAST_ADMIN, "This is the last active administrator.");
    }
  }

  private static void requireRoles(Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new UserException(Reason.WRONG_STATE, "Name at least one role.");
    }
  }

  private static String requireDisplayName(String name) {
    String shown = name.strip();
    if (shown.isEmpty()
        || shown.length() > LONGEST_NAME
        || shown.chars().anyMatch(Character::isISOControl)) {
      throw new UserException(
          Reason.BAD_LOGIN_NAME,
          "A display name has 1 to " + LONGEST_NAME + " characters, none a control character.");
    }
    return shown;
  }

  private static User read(ResultSet row) throws SQLException {
    return new User(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        UserState.valueOf(row.getString(4)),
        roles(row.getString(5)),
        Instant.ofEpochMilli(row.getLong(6)));
  }

  private static String text(Set<Role> roles) {
    return new TreeSet<>(roles).stream().map(Role::name).collect(Collectors.joining(","));
  }

  private static Set<Role> roles(String text) {
    return text.isEmpty()
        ? Set.of()
        : Arrays.stream(text.split(",", -1)).map(Role::valueOf).collect(Collectors.toSet());
  }

  /** Whether the store answers at this moment. */
  public boolean answers() {
    try {
      return database.first("SELECT 1", row -> row.getInt(1)).isPresent();
    } catch (UserException e) {
      return false;
    }
  }

  @Override
  public void close() {
    sessions.close();
    database.close();
  }
}
