package org.medseal.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medseal.users.UserException.Reason;

/** Users as rows of the database; what writes runs inside a {@link PeopleDatabase#change}. */
final class UserRows {
  private static final String COLUMNS =
      "SELECT id, login, display_name, state, roles, created_ms FROM users";

  private final PeopleDatabase database;

  UserRows(PeopleDatabase database) {
    this.database = database;
  }

  List<User> all() {
    return database.query(COLUMNS + " ORDER BY login", UserRows::read);
  }

  Optional<User> find(String userId) {
    return database.first(COLUMNS + " WHERE id = ?", UserRows::read, userId);
  }

  /** Empty also for what is no login at all. */
  Optional<User> findByLogin(String login) {
    return LoginNames.isValid(login)
        ? database.first(COLUMNS + " WHERE login = ?", UserRows::read, LoginNames.canonical(login))
        : Optional.empty();
  }

  User require(String userId) {
    return find(userId)
        .orElseThrow(() -> new UserException(Reason.UNKNOWN_USER, "There is no such user."));
  }

  void insert(User user, String hash) throws SQLException {
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

  /** Unlocked, too. */
  void activate(String userId, Set<Role> roles) throws SQLException {
    database.execute(
        "UPDATE users SET state = ?, roles = ?, failures = 0, locked_until_ms = 0 WHERE id = ?",
        UserState.ACTIVE.name(),
        text(roles),
        userId);
  }

  void setRoles(String userId, Set<Role> roles) throws SQLException {
    database.execute("UPDATE users SET roles = ? WHERE id = ?", text(roles), userId);
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
}
