package org.medseal.users;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.users.UserException.Reason;

/**
 * Users, their passwords and roles in {@code people/}; durable when a call returns. Thread-safe.
 * Failures are {@link UserException}.
 */
public final class UserStore implements AutoCloseable {
  private static final int MOST_PENDING = 1_000;

  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordHash passwords;
  private final PasswordCheck check;
  private final Attempts attempts;
  private final SecondFactors factors;
  private final Recoveries recoveries;
  private final Clock clock;
  private final Sessions sessions;
  private final TraceApprovers traceApprovers;

  /**
   * What a store works by.
   *
   * @param cipher under the storage key, for the secrets of second factors; without it nobody who
   *     has one gets in
   */
  record Means(
      PasswordHash.Cost cost, SessionRules rules, Clock clock, Optional<LocalCipher> cipher) {}

  private UserStore(PeopleDatabase database, Means means) {
    PasswordCheck.Lock lock = new PasswordCheck.Lock(means.rules(), means.clock());
    this.database = database;
    this.rows = new UserRows(database);
    this.passwords = new PasswordHash(means.cost(), new SecureRandom());
    this.factors = new SecondFactors(database, rows, means.cipher(), means.clock());
    this.check = new PasswordCheck(database, rows, passwords, factors, lock);
    this.attempts = new Attempts(database, lock);
    this.recoveries = new Recoveries(database, rows, factors, means.clock());
    this.clock = means.clock();
    this.sessions = new Sessions(database, this, means.rules(), means.clock());
    this.traceApprovers = new TraceApprovers(database);
  }

  /** At rest, without the node's keys: nobody with a second factor gets in through this one. */
  public static UserStore open(Path peopleFolder) {
    return open(
        peopleFolder,
        new Means(
            PasswordHash.Cost.OWASP, SessionRules.defaults(), Clock.systemUTC(), Optional.empty()));
  }

  /** The cipher is under the storage key; whoever opened it closes it after this store. */
  public static UserStore open(Path peopleFolder, LocalCipher cipher) {
    return open(
        peopleFolder,
        new Means(
            PasswordHash.Cost.OWASP,
            SessionRules.defaults(),
            Clock.systemUTC(),
            Optional.of(cipher)));
  }

  static UserStore open(Path peopleFolder, Means means) {
    UserStore opened = new UserStore(PeopleDatabase.open(peopleFolder), means);
    opened.sessions.revive();
    return opened;
  }

  public Sessions sessions() {
    return sessions;
  }

  public SecondFactors secondFactors() {
    return factors;
  }

  public Recoveries recoveries() {
    return recoveries;
  }

  public TraceApprovers traceApprovers() {
    return traceApprovers;
  }

  /** By the passwords of this store, and the second factors of those who have one. */
  public Authenticator<Authenticator.Password> passwords() {
    return check;
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
          User user = newUser(name, Profile.named(name), UserState.ACTIVE, all);
          rows.insert(user, hash);
          return user;
        });
  }

  /**
   * Leaves a PENDING user, or nothing when the login is taken: false, for the audit and not for
   * whoever asks, who could not tell by time either. TOO_MANY_PENDING for any login alike.
   */
  public boolean register(String login, String password, String displayName) {
    return register(
        login, password, name -> Profile.named(displayName.isBlank() ? name : displayName));
  }

  /** As {@link #register(String, String, String)}; BAD_PROFILE is thrown for any login alike. */
  public boolean register(String login, String password, Profile profile) {
    return register(login, password, name -> profile);
  }

  private boolean register(String login, String password, Function<String, Profile> profile) {
    String name = LoginNames.canonical(login);
    PasswordRules.require(password, name);
    User user = newUser(name, profile.apply(name), UserState.PENDING, Set.of());
    String hash = passwords.hash(password);
    return database.change(
        () -> {
          if (rows.count(UserState.PENDING) >= MOST_PENDING) {
            throw new UserException(
                Reason.TOO_MANY_PENDING,
                "Too many people wait for an administrator's approval; try again later.");
          }
          boolean free = findByLogin(name).isEmpty();
          if (free) {
            rows.insert(user, hash);
          }
          return free;
        });
  }

  public List<User> users() {
    return users(UserFilter.all());
  }

  /** By login; UNKNOWN_USER when the page is to begin after nobody. */
  public List<User> users(UserFilter filter) {
    return rows.all(filter);
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

  /**
   * Of a PENDING user they hold from the approval on. Without ADMIN no key of a role stays unlocked
   * in the user's sessions.
   */
  public User setRoles(String userId, Set<Role> roles) {
    requireRoles(roles);
    User changed =
        database.change(
            () -> {
              User user = rows.require(userId);
              if (user.state() == UserState.DISABLED) {
                throw new UserException(
                    Reason.WRONG_STATE, "A disabled user's roles change by approving anew.");
              }
              if (!roles.contains(Role.ADMIN)) {
                requireAnotherAdmin(user);
                rows.raiseCredentials(userId);
              }
              rows.setRoles(userId, roles);
              return rows.require(userId);
            });
    if (!changed.is(Role.ADMIN)) {
      sessions.lockKeys(userId);
    }
    return changed;
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
              rows.raiseCredentials(userId);
              recoveries.forget(userId);
              return rows.require(userId);
            });
    sessions.forget(userId);
    return disabled;
  }

  /** From DISABLED to ACTIVE with the roles of before; WRONG_STATE for any other. */
  public User enable(String userId) {
    if (rows.require(userId).state() != UserState.DISABLED) {
      throw new UserException(Reason.WRONG_STATE, "Only a disabled user is enabled.");
    }
    return approve(userId);
  }

  public User changeProfile(String userId, Profile profile) {
    return database.change(
        () -> {
          rows.require(userId);
          rows.setProfile(userId, profile);
          return rows.require(userId);
        });
  }

  /** Until when failures keep the user out; empty for somebody who may log in. */
  public Optional<Instant> lockedUntil(String userId) {
    return rows.lockedUntil(userId).filter(until -> until.isAfter(clock.instant()));
  }

  /** As {@link #passwords()} judges who shows no second factor. */
  public User authenticate(String login, String password) {
    return check.authenticate(new Authenticator.Password(login, password));
  }

  /** WRONG_PASSWORD unless it is the user's; guesses count as failed logins. */
  public void requirePassword(User user, String password) {
    check.requirePassword(user, password);
  }

  /** Of a user who is logged in; the password is asked for once more. Other sessions end. */
  public void removeSecondFactor(Session session, String password) {
    requirePassword(session.user(), password);
    database.change(
        () -> {
          factors.remove(session.user().id());
          return null;
        });
    sessions.endOthers(session);
  }

  /** The second factor counts from now on; other sessions, begun without it, end. */
  public List<String> confirmSecondFactor(Session session, String code) {
    List<String> spares = factors.confirm(session.user(), code);
    sessions.endOthers(session);
    return spares;
  }

  /** A new password for a one-time code; BAD_CODE after the same work whatever is wrong with it. */
  public User recover(String code, String newPassword) {
    PasswordRules.require(newPassword, "");
    User user =
        recoveries
            .use(code, passwords.hash(newPassword))
            .orElseThrow(
                () ->
                    new UserException(
                        Reason.BAD_CODE, "The code is wrong, was used or has expired."));
    sessions.forget(user.id());
    return user;
  }

  Attempts attempts() {
    return attempts;
  }

  /** To be read before a password is verified, and compared when what it allows is written. */
  int credentials(String login) {
    return rows.credentials(login);
  }

  /** WRONG_PASSWORD unless the old one is right; guesses count as failed logins. */
  void checkChange(User user, String oldPassword, String newPassword) {
    requirePassword(user, oldPassword);
    PasswordRules.require(newPassword, user.login());
  }

  /**
   * Ends the user's other sessions; NOT_LOGGED_IN when this one has ended or the credentials are
   * not those of before the old password was verified.
   */
  void storePassword(Session session, String newPassword, int credentials) {
    String hash = passwords.hash(newPassword);
    String userId = session.user().id();
    database.change(
        () -> {
          int stored =
              database.execute(
                  "UPDATE users SET password = ?, credentials = credentials + 1 WHERE id = ? AND"
                      + " credentials = ? AND EXISTS (SELECT 1 FROM sessions WHERE token_hash = ?)",
                  hash,
                  userId,
                  credentials,
                  session.id());
          if (stored == 0) {
            throw new UserException(
                Reason.NOT_LOGGED_IN, "The session or the password has changed meanwhile.");
          }
          database.execute(
              "DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?", userId, session.id());
          recoveries.forget(userId);
          return null;
        });
    sessions.forgetOthers(session);
  }

  private User newUser(String login, Profile profile, UserState state, Set<Role> roles) {
    return new User(UUID.randomUUID().toString(), login, profile, state, roles, clock.instant());
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
