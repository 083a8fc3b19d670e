package org.medseal.users;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;
import org.medseal.users.UserException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts asked for. One that an administrator neither approves nor rejects is gone after a while,
 * so nobody keeps a login by asking for it first. Thread-safe.
 */
final class Registrations {
  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
  private static final int MOST_PENDING = 1_000;

  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordCheck check;
  private final Clock clock;
  private final Optional<Waiting> waiting;

  /** For ever where nothing is said of it. */
  Registrations(
      PeopleDatabase database,
      UserRows rows,
      PasswordCheck check,
      Clock clock,
      Optional<Waiting> waiting) {
    this.database = database;
    this.rows = rows;
    this.check = check;
    this.clock = clock;
    this.waiting = waiting;
  }

  User createFirstAdmin(String login, String password, Set<Role> roles) {
    String name = LoginNames.canonical(login);
    PasswordRules.require(password, name);
    Set<Role> all = EnumSet.of(Role.ADMIN);
    all.addAll(roles);
    String hash = check.hash(password);
    return database.change(
        () -> {
          if (rows.all(UserFilter.all()).stream().anyMatch(user -> user.is(Role.ADMIN))) {
            throw new UserException(
                Reason.WRONG_STATE, "There is an administrator already; ask to be approved.");
          }
          if (rows.findByLogin(name).isPresent()) {
            throw new UserException(Reason.LOGIN_TAKEN, "The login is taken.");
          }
          User user = newUser(name, Profile.named(name), UserState.ACTIVE, all);
          rows.insert(user, hash);
          return user;
        });
  }

  /** A login that somebody waits for already is noted as asked for again. */
  boolean register(String login, String password, Function<String, Profile> profile) {
    String name = LoginNames.canonical(login);
    PasswordRules.require(password, name);
    User user = newUser(name, profile.apply(name), UserState.PENDING, Set.of());
    String hash = check.hash(password);
    expire();
    return database.change(
        () -> {
          if (rows.count(UserState.PENDING) >= MOST_PENDING) {
            throw new UserException(
                Reason.TOO_MANY_PENDING,
                "Too many people wait for an administrator's approval; try again later.");
          }
          boolean free = rows.findByLogin(name).isEmpty();
          if (free) {
            rows.insert(user, hash);
          } else {
            rows.askedAgain(name);
          }
          return free;
        });
  }

  /** Removes the user, whose login is free again; WRONG_STATE unless PENDING. */
  User reject(String userId) {
    return database.change(
        () -> {
          User user = rows.require(userId);
          if (user.state() != UserState.PENDING) {
            throw new UserException(Reason.WRONG_STATE, "Only a pending user is rejected.");
          }
          rows.remove(userId);
          return user;
        });
  }

  /** Removes those nobody has decided on in time; not inside a change. */
  void expire() {
    waiting.ifPresent(
        each -> {
          Instant since = clock.instant().minus(each.lasts());
          if (rows.hasPending(since)) {
            int removed = database.change(() -> removed(since, each.trail()));
            LOG.info("{} registrations were removed, undecided in time", removed);
          }
        });
  }

  /** A power cut between the two may leave somebody's entry twice, never a removal without one. */
  private int removed(Instant since, AuditTrail trail) throws SQLException {
    List<User> expired = rows.pending(since);
    trail.recordAll(expired.stream().map(Registrations::entry).toList());
    for (User each : expired) {
      rows.remove(each.id());
    }
    return expired.size();
  }

  private static AuditEntry entry(User expired) {
    return new AuditEntry(
        AuditAction.USER_EXPIRE,
        AuditEntry.NODE,
        AuditEntry.OK,
        Map.of(
            "id", expired.id(),
            "user", expired.login(),
            "askedAt", expired.createdAt().toString()));
  }

  private User newUser(String login, Profile profile, UserState state, Set<Role> roles) {
    return new User(UUID.randomUUID().toString(), login, profile, state, roles, clock.instant());
  }
}
