package org.medseal.users;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.medseal.users.UserException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts asked for. One that an administrator neither approves nor rejects is gone after a while,
 * so nobody keeps a login by asking for it first. Thread-safe.
 */
final class Registrations {
  /** How long one waits for an administrator, unless said otherwise. */
  static final Duration LASTS = Duration.ofDays(14);

  static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
  private static final int MOST_PENDING = 1_000;

  private final PeopleDatabase database;
  private final UserRows rows;
  private final PasswordCheck check;
  private final Clock clock;
  private final Duration lasts;

  Registrations(
      PeopleDatabase database, UserRows rows, PasswordCheck check, Clock clock, Duration lasts) {
    if (lasts.isNegative() || lasts.isZero()) {
      throw new IllegalArgumentException("registrations last for a positive time");
    }
    this.database = database;
    this.rows = rows;
    this.check = check;
    this.clock = clock;
    this.lasts = lasts;
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
    return database.change(
        () -> {
          rows.removePending(expired());
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
    Instant expired = expired();
    if (rows.hasPending(expired)) {
      int removed = database.change(() -> rows.removePending(expired));
      LOG.info("{} registrations were removed, undecided for {} days", removed, lasts.toDays());
    }
  }

  private Instant expired() {
    return clock.instant().minus(lasts);
  }

  private User newUser(String login, Profile profile, UserState state, Set<Role> roles) {
    return new User(UUID.randomUUID().toString(), login, profile, state, roles, clock.instant());
  }
}
