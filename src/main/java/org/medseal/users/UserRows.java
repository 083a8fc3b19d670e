package org.medseal.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medseal.users.UserException.Reason;

/** Users as rows of the database; what writes runs inside a {@link PeopleDatabase#change}. */
final class UserRows {
  private static final String COLUMNS =
      "SELECT id, login, display_name, email, licence, state, roles, created_ms FROM users";

  private static final int MOST_ASKED_AGAIN = 1_000;

  private final PeopleDatabase database;

  UserRows(PeopleDatabase database) {
    this.database = database;
  }

  /** By login. */
  List<User> all(UserFilter filter) {
    StringBuilder where = new StringBuilder(" WHERE TRUE");
    List<Object> values = new ArrayList<>();
    if (!filter.after().isEmpty()) {
      where.append(" AND login > ?");
      values.add(require(filter.after()).login());
    }
    filter
        .state()
        .ifPresent(
            state -> {
              where.append(" AND state = ?");
              values.add(state.name());
            });
    filter
        .role()
        .ifPresent(
            role -> {
              where.append(" AND LOCATE(?, ',' || roles || ',') > 0");
              values.add("," + role.name() + ",");
            });
    if (!filter.text().isBlank()) {
      where.append(" AND LOCATE(?, LOWER(login || ' ' || display_name || ' ' || licence)) > 0");
      values.add(filter.text().strip().toLowerCase(Locale.ROOT));
    }
    values.add(filter.limit());
    return database.query(
        COLUMNS + where + " ORDER BY login LIMIT ?", UserRows::read, values.toArray());
  }

  /** How many are in this state. */
  int count(UserState state) {
    return database
        .first("SELECT COUNT(*) FROM users WHERE state = ?", row -> row.getInt(1), state.name())
        .orElse(0);
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

  /** Empty unless the user's login is locked after failures. */
  Optional<Instant> lockedUntil(String userId) {
    return database
        .first("SELECT locked_until_ms FROM users WHERE id = ?", row -> row.getLong(1), userId)
        .filter(untilMs -> untilMs > 0)
        .map(Instant::ofEpochMilli);
  }

  void insert(User user, String hash) throws SQLException {
    database.execute(
        "INSERT INTO users (id, login, display_name, email, licence, password, state, roles,"
            + " created_ms, failures, locked_until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
        user.id(),
        user.login(),
        user.profile().displayName(),
        user.profile().email(),
        user.profile().licenceNumber(),
        hash,
        user.state().name(),
        text(user.roles()),
        user.createdAt().toEpochMilli());
  }

  /** Only of somebody PENDING; 1000 times at most. */
  void askedAgain(String login) throws SQLException {
    database.execute(
        "UPDATE users SET asked_again = asked_again + 1 WHERE login = ? AND state = ? AND"
            + " asked_again < ?",
        login,
        UserState.PENDING.name(),
        MOST_ASKED_AGAIN);
  }

  int timesAskedAgain(String userId) {
    return database
        .first("SELECT asked_again FROM users WHERE id = ?", row -> row.getInt(1), userId)
        .orElse(0);
  }

  /** Whether somebody has been PENDING since then or longer. */
  boolean hasPending(Instant since) {
    return database
        .first(
            "SELECT 1 FROM users WHERE state = ? AND created_ms <= ? LIMIT 1",
            row -> row.getInt(1),
            UserState.PENDING.name(),
            since.toEpochMilli())
        .isPresent();
  }

  /** Who has been PENDING since then or longer, the first to ask first. */
  List<User> pending(Instant since) {
    return database.query(
        COLUMNS + " WHERE state = ? AND created_ms <= ? ORDER BY created_ms, login",
        UserRows::read,
        UserState.PENDING.name(),
        since.toEpochMilli());
  }

  /** Of somebody who was never let in: there is nothing else of theirs. */
  void remove(String userId) throws SQLException {
    database.execute("DELETE FROM users WHERE id = ?", userId);
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

  /**
   * How often what lets the user in has changed; of a login that nobody has, a number no user has.
   */
  int credentials(String login) {
    return LoginNames.isValid(login)
        ? database
            .first(
                "SELECT credentials FROM users WHERE login = ?",
                row -> row.getInt(1),
                LoginNames.canonical(login))
            .orElse(-1)
        : -1;
  }

  /** From now on a login that began earlier gets no session. */
  void raiseCredentials(String userId) throws SQLException {
    database.execute("UPDATE users SET credentials = credentials + 1 WHERE id = ?", userId);
  }

  void setProfile(String userId, Profile profile) throws SQLException {
    database.execute(
        "UPDATE users SET display_name = ?, email = ?, licence = ? WHERE id = ?",
        profile.displayName(),
        profile.email(),
        profile.licenceNumber(),
        userId);
  }

  private static User read(ResultSet row) throws SQLException {
    return new User(
        row.getString(1),
        row.getString(2),
        new Profile(row.getString(3), row.getString(4), row.getString(5)),
        UserState.valueOf(row.getString(6)),
        roles(row.getString(7)),
        Instant.ofEpochMilli(row.getLong(8)));
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
