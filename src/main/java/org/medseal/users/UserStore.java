package org.medseal.users;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.medseal.users.UserException.Reason;

/**
 * Users, their passwords and roles in {@code people/}; durable when a call returns. Thread-safe.
 * Failures are {@link UserException}.
 */
public final class UserStore implements AutoCloseable {
  private static final int MOST_PENDING = 1_000;
  private static final int LONGEST_NAME = 200;

  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordHash passwords;
  private final PasswordCheck check;
  private final Clock clock;
  private final Sessions sessions;
  private final TraceApprovers traceApprovers;

  private UserStore(
      PeopleDatabase database, PasswordHash.Cost cost, SessionRules rules, Clock clock) {
    SecureRandom random = new SecureRandom();
    this.database = database;
    this.rows = new UserRows(database);
    this.passwords = new PasswordHash(cost, random);
    this.check = new PasswordCheck(database, rows, passwords, rules, clock);
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
          rows.insert(user, hash);
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
            rows.insert(newUser(name, shown, UserState.PENDING, Set.of()), hash);
          }
          return null;
        });
  }

  public List<User> users() {
    return rows.all();
  }

  public Optional<User> find(String userId) {
    return rows.find(userId);
  }

  /** Empty also for what is no login at all. */
  public Optional<User> findByLogin(String login) {
    return rows.findByLogin(login);
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
          User user = rows.require(userId);
          if (user.state() == UserState.ACTIVE) {
            throw new UserException(Reason.WRONG_STATE, "The user is active already.");
          }
          rows.activate(userId, roles.apply(user));
          return rows.require(userId);
        });
  }

  /** Of a PENDING user they hold from the approval on. */
  public User setRoles(String userId, Set<Role> roles) {
    requireRoles(roles);
    return database.change(
        () -> {
          User user = rows.require(userId);
          if (user.state() == UserState.DISABLED) {
            throw new UserException(
                Reason.WRONG_STATE, "A disabled user's roles change by approving anew.");
          }
          if (!roles.contains(Role.ADMIN)) {
            requireAnotherAdmin(user);
          }
          rows.setRoles(userId, roles);
          return rows.require(userId);
        });
  }

  /** Ends the user's sessions, too. */
  public User disable(String userId) {
    User disabled =
        database.change(
            () -> {
              User user = rows.require(userId);
              requireAnotherAdmin(user);
              database.execute(
                  "UPDATE users SET state = ? WHERE id = ?", UserState.DISABLED.name(), userId);
              database.execute("DELETE FROM sessions WHERE user_id = ?", userId);
              return rows.require(userId);
            });
    sessions.forget(userId);
    return disabled;
  }

  public User rename(String userId, String displayName) {
    String shown = requireDisplayName(displayName);
    return database.change(
        () -> {
          rows.require(userId);
          database.execute("UPDATE users SET display_name = ? WHERE id = ?", shown, userId);
          return rows.require(userId);
        });
  }

  /**
   * The active user behind login and password. NOT_LOGGED_IN for every other case, after the same
   * work, a synced write included; failures in a row lock the login for a growing time.
   */
  public User authenticate(String login, String password) {
    return check.authenticate(login, password);
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

  private User newUser(String login, String shown, UserState state, Set<Role> roles) {
    return new User(UUID.randomUUID().toString(), login, shown, state, roles, clock.instant());
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
