package org.medseal.users;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.crypto.aead.LocalCipher;

/**
 * Users, their passwords and roles in {@code people/}; durable when a call returns. Thread-safe.
 * Failures are {@link UserException}.
 */
public final class UserStore implements AutoCloseable {
  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordCheck check;
  private final Attempts attempts;
  private final SecondFactors factors;
  private final Recoveries recoveries;
  private final Clock clock;
  private final Sessions sessions;
  private final Registrations registrations;
  private final Standing standing;
  private final OwnCredentials own;
  private final TraceApprovers traceApprovers;

  /**
   * What a store works by.
   *
   * @param cipher under the storage key, for the secrets of second factors; without it nobody who
   *     has one gets in
   * @param waiting for an administrator's approval; without it for ever
   */
  record Means(
      PasswordHash.Cost cost,
      SessionRules rules,
      Clock clock,
      Optional<LocalCipher> cipher,
      Optional<Waiting> waiting) {

    static Means usual(Optional<LocalCipher> cipher, Optional<Waiting> waiting) {
      return new Means(
          PasswordHash.Cost.OWASP, SessionRules.defaults(), Clock.systemUTC(), cipher, waiting);
    }
  }

  private UserStore(PeopleDatabase database, Means means) {
    PasswordCheck.Lock lock = new PasswordCheck.Lock(means.rules(), means.clock());
    PasswordHash passwords = new PasswordHash(means.cost(), new SecureRandom());
    this.database = database;
    this.clock = means.clock();
    this.rows = new UserRows(database);
    this.factors = new SecondFactors(database, rows, means.cipher(), clock);
    this.check = new PasswordCheck(database, rows, passwords, factors, lock);
    this.attempts = new Attempts(database, lock);
    this.recoveries = new Recoveries(database, rows, factors, clock);
    this.sessions = new Sessions(database, this, means.rules(), clock);
    this.registrations = new Registrations(database, rows, check, clock, means.waiting());
    this.standing = new Standing(database, rows, recoveries, sessions);
    this.own = new OwnCredentials(database, check, factors, recoveries, sessions);
    this.traceApprovers = new TraceApprovers(database);
  }

  /**
   * At rest, without the node's keys: nobody with a second factor gets in through this one, and no
   * registration expires.
   */
  public static UserStore open(Path peopleFolder) {
    return open(peopleFolder, Means.usual(Optional.empty(), Optional.empty()));
  }

  /** The cipher is under the storage key; whoever opened it closes it after this store. */
  public static UserStore open(Path peopleFolder, LocalCipher cipher, Waiting waiting) {
    return open(peopleFolder, Means.usual(Optional.of(cipher), Optional.of(waiting)));
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
    return registrations.createFirstAdmin(login, password, roles);
  }

  /**
   * Leaves a PENDING user, or none when the login is taken: false, for the audit and not for
   * whoever asks, who could not tell by time either. TOO_MANY_PENDING for any login alike.
   */
  public boolean register(String login, String password, String displayName) {
    return registrations.register(
        login, password, name -> Profile.named(displayName.isBlank() ? name : displayName));
  }

  /** As {@link #register(String, String, String)}; BAD_PROFILE is thrown for any login alike. */
  public boolean register(String login, String password, Profile profile) {
    return registrations.register(login, password, name -> profile);
  }

  /** Removes somebody PENDING, whose login is free again; WRONG_STATE for any other. */
  public User reject(String userId) {
    return registrations.reject(userId);
  }

  /** How often somebody else asked for the login while this user is PENDING, up to 1000. */
  public int askedAgain(String userId) {
    return rows.timesAskedAgain(userId);
  }

  /** How many are in this state. */
  public int count(UserState state) {
    registrations.expire();
    return rows.count(state);
  }

  public List<User> users() {
    return users(UserFilter.all());
  }

  /** By login; UNKNOWN_USER when the page is to begin after nobody. */
  public List<User> users(UserFilter filter) {
    registrations.expire();
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
    registrations.expire();
    return standing.approve(userId);
  }

  /** From PENDING or DISABLED to ACTIVE, with these roles. */
  public User approve(String userId, Set<Role> roles) {
    registrations.expire();
    return standing.approve(userId, roles);
  }

  /**
   * Of a PENDING user they hold from the approval on. Without ADMIN no key of a role stays unlocked
   * in the user's sessions.
   */
  public User setRoles(String userId, Set<Role> roles) {
    return standing.setRoles(userId, roles);
  }

  /** Ends the user's sessions, too; WRONG_STATE for somebody PENDING, who is rejected instead. */
  public User disable(String userId) {
    return standing.disable(userId);
  }

  /** From DISABLED to ACTIVE with the roles of before; WRONG_STATE for any other. */
  public User enable(String userId) {
    return standing.enable(userId);
  }

  /** Codes mailed to an address of before open nothing any more. */
  public User changeProfile(String userId, Profile profile) {
    return database.change(
        () -> {
          if (!rows.require(userId).profile().email().equals(profile.email())) {
            recoveries.forgetMailed(userId);
          }
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

  /** As {@link SecondFactors#begin}; WRONG_PASSWORD unless it is the user's. */
  public SecondFactors.SetUp beginSecondFactor(
      Session session, String password, String institution) {
    return own.beginSecondFactor(session, password, institution);
  }

  /**
   * The second factor counts from now on, with these spare codes; other sessions, begun without it,
   * end. NOT_LOGGED_IN when this one has ended meanwhile.
   */
  public List<String> confirmSecondFactor(Session session, String code) {
    return own.confirmSecondFactor(session, code);
  }

  /** Of a user who is logged in; the password is asked for once more. Other sessions end. */
  public void removeSecondFactor(Session session, String password) {
    own.removeSecondFactor(session, password);
  }

  /** A new password for a one-time code; BAD_CODE after the same work whatever is wrong with it. */
  public User recover(String code, String newPassword) {
    return own.recover(code, newPassword);
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
    own.storePassword(session, newPassword, credentials);
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
