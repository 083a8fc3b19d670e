package org.medseal.users;

import java.util.Set;
import java.util.function.Function;
import org.medseal.users.UserException.Reason;

/** Who is let in and with which roles, as administrators say. Thread-safe. */
final class Standing {
  private final PeopleDatabase database;
  private final UserRows rows;
  private final Recoveries recoveries;
  private final Sessions sessions;

  Standing(PeopleDatabase database, UserRows rows, Recoveries recoveries, Sessions sessions) {
    this.database = database;
    this.rows = rows;
    this.recoveries = recoveries;
    this.sessions = sessions;
  }

  User approve(String userId, Set<Role> roles) {
    requireRoles(roles);
    return activate(userId, user -> roles);
  }

  /** With the roles of before. */
  User approve(String userId) {
    return activate(userId, User::roles);
  }

  private User activate(String userId, Function<User, Set<Role>> roles) {
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

  User setRoles(String userId, Set<Role> roles) {
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

  User disable(String userId) {
    User disabled =
        database.change(
            () -> {
              User user = rows.require(userId);
              if (user.state() == UserState.PENDING) {
                throw new UserException(
                    Reason.WRONG_STATE, "A pending user is rejected, not disabled.");
              }
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

  User enable(String userId) {
    if (rows.require(userId).state() != UserState.DISABLED) {
      throw new UserException(Reason.WRONG_STATE, "Only a disabled user is enabled.");
    }
    return approve(userId);
  }

  private void requireAnotherAdmin(User leaving) {
    boolean another =
        rows.all(UserFilter.all()).stream()
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
}
